#include "lib/bot/behaviours/buddy/choice.h"

#include <algorithm>
#include <tuple>

#include "lib/base/text.h"
#include "lib/review/review.h"

namespace greenroom::bot::behaviours {
namespace {

std::string name_of(const model::Person& person) {
  return person.display_name.empty() ? person.login : person.display_name;
}

}  // namespace

bool is_away(const model::Buddy& buddy, TimePoint now) { return buddy.away_until && *buddy.away_until > now; }
bool is_full(const model::Buddy& buddy) { return buddy.current_load >= buddy.capacity; }

std::string shown_name(const model::Person& person) { return review::name_in_markdown(name_of(person)); }
std::string name_in_html(const model::Person& person) { return review::name_in_html(name_of(person)); }

const model::Buddy* choose(const Context& context, const std::vector<model::PersonId>& passed_over) {
  const auto order = [](const model::Buddy& buddy) {
    return std::tuple(buddy.current_load, buddy.last_picked.value_or(TimePoint()), buddy.person.id);
  };
  const model::Buddy* best = nullptr;
  for (const auto& buddy : context.roster) {
    const bool is_author = context.author && context.author->id == buddy.person.id;
    const bool passed = std::find(passed_over.begin(), passed_over.end(), buddy.person.id) != passed_over.end();
    if (is_author || passed || is_away(buddy, context.now) || is_full(buddy)) continue;
    if (best == nullptr || order(buddy) < order(*best)) best = &buddy;
  }
  return best;
}

std::string why(const model::Buddy& buddy) {
  std::string text = shown_name(buddy.person) + " has room (" + std::to_string(buddy.current_load) + " of " +
                     std::to_string(buddy.capacity) + " newcomers) and is not away";
  for (std::size_t i = 0; i < buddy.knows.size() && i < 3; ++i) {
    text += (i == 0 ? ", and knows " : ", ") + review::code_span(shorten(buddy.knows[i], 160));
  }
  return text + ".";
}

}  // namespace greenroom::bot::behaviours
