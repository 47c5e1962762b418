#include "lib/bot/behaviours/good_first_issue/good_first_issue.h"

#include "lib/bot/asked.h"
#include "lib/review/review.h"

namespace greenroom::bot::behaviours {
namespace {

constexpr std::string_view kLabel = "good first issue";
constexpr std::string_view kHelpWanted = "help wanted";
constexpr std::string_view kCriteriaKey = "good-first-issue/criteria";

std::string criteria(const model::Event& event) {
  return "**Marked as a good first issue** by " + review::name_in_markdown(event.actor.login) +
         ". It works for a newcomer when the description above has all of this:\n\n"
         "- [ ] **No barrier:** no special access, licence or hardware is needed.\n"
         "- [ ] **The solution is described,** not only the problem.\n"
         "- [ ] **Context:** why it matters, and who uses it.\n"
         "- [ ] **Where to look:** the files or functions concerned are named or linked.\n"
         "- [ ] **An example** of the wanted result.\n"
         "- [ ] **A way to check:** the command or test that shows that it works.\n\n"
         "Missing something? Edit the description: a clear one is what helps a newcomer most. "
         "`/remove-good-first-issue` takes the mark off again.";
}

model::Decisions mark(const model::Event& event) {
  return {model::Acknowledge{}, model::AddLabel{std::string(kLabel)}, model::AddLabel{std::string(kHelpWanted)},
          model::Say{std::string(kCriteriaKey), criteria(event)}};
}

model::Decisions unmark() {
  return {model::Acknowledge{}, model::RemoveLabel{std::string(kLabel)}, model::RemoveLabel{std::string(kHelpWanted)},
          model::Unsay{std::string(kCriteriaKey)}};
}

model::Decisions decide(const model::Event& event, const Context& context) {
  for (const auto& command : context.commands) {
    const bool marks = command.verb == "good-first-issue";
    if (!marks && command.verb != "remove-good-first-issue") continue;
    if (!is_on_issue(event)) {
      return {answer(event, "good-first-issue", "`/" + command.verb + "` works on issues; this is a change.")};
    }
    if (!may_triage(context)) {
      return {answer(event, "good-first-issue",
                     "Thank you for the thought. Good first issues are marked by people with triage rights in this "
                     "project; one of them can write `/" +
                         command.verb + "` here.")};
    }
    return marks ? mark(event) : unmark();
  }
  return {};
}

}  // namespace

Behaviour good_first_issue() {
  return {"good_first_issue",
          "Marks issues that suit a newcomer, and says what such an issue needs.",
          {{"good-first-issue", "/good-first-issue", "people with triage rights",
            "Labels the issue for newcomers and posts what such an issue needs."},
           {"remove-good-first-issue", "/remove-good-first-issue", "people with triage rights",
            "Takes the labels and the comment off again."}},
          {},
          decide};
}

}  // namespace greenroom::bot::behaviours
