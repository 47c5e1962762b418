#include "lib/bot/behaviours/buddy/buddy.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/bot/asked.h"
#include "lib/bot/behaviours/buddy/choice.h"
#include "lib/review/review.h"

namespace greenroom::bot::behaviours {
namespace {

using model::EventKind;

constexpr std::chrono::hours kLookAgain{24};  // is the buddy away by now; has somebody room by now
constexpr std::string_view kTimer = "buddy";

const model::Buddy* on_roster(const Context& context, model::PersonId person) {
  const auto found = std::find_if(context.roster.begin(), context.roster.end(),
                                  [&](const model::Buddy& buddy) { return buddy.person.id == person; });
  return found == context.roster.end() ? nullptr : &*found;
}

model::Decisions assign(const model::Buddy& buddy, const std::string& reason) {
  const auto section = "**With this change:** " + shown_name(buddy.person) +
                       ", for questions of any size; mention them in a comment.\n\n<details><summary>Why " +
                       name_in_html(buddy.person) + "?</summary>\n\n" + reason + "\n\n</details>";
  return {model::AssignBuddy{buddy.person.id, reason}, model::SetSection{"buddy", section},
          model::SetTimer{std::string(kTimer), kLookAgain}};
}

// Said, never hidden: somebody is looked for again every day.
model::Decisions nobody_free(const Context& context) {
  model::Decisions decisions;
  if (context.current_buddy) decisions.push_back(model::ReleaseBuddy{});
  decisions.push_back(model::SetSection{
      "buddy",
      "**No buddy is free at the moment.** A maintainer reads questions here, and the roster is looked at "
      "again every day."});
  decisions.push_back(model::SetTimer{std::string(kTimer), kLookAgain});
  return decisions;
}

model::Decisions pick(const Context& context, bool keep_current_out) {
  auto passed_over = context.earlier_buddies;
  if (keep_current_out && context.current_buddy) passed_over.push_back(*context.current_buddy);
  const auto* chosen = choose(context, passed_over);
  return chosen != nullptr ? assign(*chosen, why(*chosen)) : nobody_free(context);
}

bool is_newcomers(const model::Event& event, const Context& context) {
  return event.change && context.first_change && context.author && !event.change->trusted_author &&
         event.change->author.kind == model::Account::Kind::person;
}

model::Decisions on_change(const model::Event& event, const Context& context) {
  if (!is_newcomers(event, context) || context.current_buddy || context.roster.empty()) return {};
  return pick(context, false);
}

model::Decisions on_timer(const Context& context) {
  if (!context.change_open || context.roster.empty()) return {};
  if (!context.current_buddy) return pick(context, false);
  const auto* current = on_roster(context, *context.current_buddy);
  const bool still_here = current != nullptr && !is_away(*current, context.now);
  if (still_here) return {model::SetTimer{std::string(kTimer), kLookAgain}};
  return pick(context, true);
}

// "/buddy away until 2026-12-01"
std::optional<TimePoint> date_in(std::string_view words) {
  const auto space = words.rfind(' ');
  const auto day = space == std::string_view::npos ? words : words.substr(space + 1);
  const auto time = parse_time(std::string(day) + "T00:00:00Z");
  return day.size() == 10 && time ? std::optional(*time) : std::nullopt;
}

model::Decisions on_away(const model::Event& event, const Context& context, std::string_view words) {
  if (!context.actor || on_roster(context, context.actor->id) == nullptr) {
    return {answer(event, "buddy", "`/buddy away` is for people on the buddy roster of this project.")};
  }
  const bool back = words == "back";
  const auto until = date_in(words);
  const bool valid = back || (until && *until > context.now);
  if (!valid) return {answer(event, "buddy", "Please name a day to come, as in `/buddy away until 2030-01-31`.")};
  model::Decisions decisions{model::Acknowledge{}, model::SetAway{back ? std::nullopt : until}};
  const bool hands_on = !back && is_on_change(event) && context.current_buddy == context.actor->id;
  if (hands_on) {
    for (auto& decision : pick(context, true)) decisions.push_back(std::move(decision));
  }
  return decisions;
}

model::Decisions on_named(const model::Event& event, const Context& context, std::string_view login) {
  for (const auto& buddy : context.roster) {
    if (to_lower_ascii(buddy.person.login) != to_lower_ascii(login)) continue;
    auto reason = "Asked for by " + review::name_in_markdown(event.actor.login) + ".";
    if (is_away(buddy, context.now))
      reason += " Away at the moment, so an answer may take longer.";
    else if (is_full(buddy))
      reason += " With several newcomers at the moment, so an answer may take longer.";
    auto decisions = assign(buddy, reason);
    decisions.insert(decisions.begin(), model::Acknowledge{});
    return decisions;
  }
  return {answer(event, "buddy", "Nobody of that name is on the buddy roster of this project.")};
}

model::Decisions on_command(const model::Event& event, const Context& context, std::string_view words) {
  if (words == "back" || words.starts_with("away")) return on_away(event, context, words);
  if (!is_on_change(event)) return {answer(event, "buddy", "`/buddy` works on changes; this is an issue.")};
  const bool is_buddy = context.actor && context.current_buddy == context.actor->id;
  if (!is_author(event) && !is_buddy && !may_triage(context)) {
    return {answer(event, "buddy", "The author, the buddy and people with triage rights can ask for that.")};
  }
  if (!context.change_open) return {answer(event, "buddy", "This change is closed, so it needs no buddy any more.")};
  if (words.starts_with('@')) return on_named(event, context, words.substr(1));
  const bool hands_on = words == "decline" || words == "swap";
  if (!words.empty() && !hands_on) {
    return {answer(event, "buddy", "`/buddy` knows `decline`, `swap`, `away until` a day, `back`, or a name.")};
  }
  model::Decisions decisions{model::Acknowledge{}};
  if (context.current_buddy && !hands_on) return decisions;  // the living comment names them already
  for (auto& decision : pick(context, hands_on)) decisions.push_back(std::move(decision));
  return decisions;
}

model::Decisions decide(const model::Event& event, const Context& context) {
  switch (event.kind) {
    case EventKind::change_opened:
    case EventKind::change_updated:
    case EventKind::change_readied: return on_change(event, context);
    case EventKind::change_closed:
    case EventKind::change_merged: return {model::ReleaseBuddy{}, model::ClearTimer{std::string(kTimer)}};
    case EventKind::timer_due: return event.timer == kTimer ? on_timer(context) : model::Decisions{};
    default: break;
  }
  for (const auto& command : context.commands) {
    if (command.verb == "buddy") return on_command(event, context, command.arguments);
  }
  return {};
}

}  // namespace

Behaviour buddy() {
  return {"buddy",
          "Puts one person at a newcomer's side, within their capacity and never while they are away.",
          {{"buddy", "/buddy [@name, swap or decline]", "the author, the buddy, and people with triage rights",
            "Asks for a buddy, for this one, or for another one."},
           {"buddy", "/buddy away until 2030-01-31", "people on the buddy roster",
            "No new newcomers until that day; `/buddy back` ends it early."}},
          {},
          decide};
}

}  // namespace greenroom::bot::behaviours
