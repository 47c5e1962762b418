#include "lib/bot/behaviours/welcome/welcome.h"

#include "lib/base/text.h"
#include "lib/review/review.h"

namespace greenroom::bot::behaviours {
namespace {

using model::EventKind;

// Who is greeted: a person, new here by their numeric id, whom the project does not already trust. Any event that
// shows an open change will do, so that a lost "opened" costs nobody their greeting.
bool is_to_be_greeted(const model::Event& event, const Context& context) {
  const bool shows_change = event.kind == EventKind::change_opened || event.kind == EventKind::change_updated ||
                            event.kind == EventKind::change_readied;
  return shows_change && event.change && context.author && context.first_change && !context.greeted &&
         event.change->author.kind == model::Account::Kind::person && !event.change->trusted_author;
}

std::string greeting(const model::Event& event) {
  const auto& author = event.change->author;
  const auto name = review::name_in_markdown(author.display_name.empty() ? author.login : author.display_name);
  return "**Welcome, " + name + ", and thank you.** This is a first change in " +
         review::code_span(shorten(event.repository.full_name, 160)) +
         ". Nothing here is urgent: each push updates this comment, and a question is welcome at any time, "
         "as a comment of its own or below a note. `/help` lists what can be asked.";
}

model::Decisions decide(const model::Event& event, const Context& context) {
  if (!is_to_be_greeted(event, context)) return {};
  return {model::SetSection{"welcome", greeting(event)}, model::RecordGreeting{}};
}

}  // namespace

Behaviour welcome() {
  return {"welcome", "Greets each person once in each project, on their first change.", {}, {}, decide};
}

}  // namespace greenroom::bot::behaviours
