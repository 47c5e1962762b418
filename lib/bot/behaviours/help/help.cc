#include "lib/bot/behaviours/help/help.h"

#include "lib/bot/asked.h"

namespace greenroom::bot::behaviours {
namespace {

std::vector<std::string_view> known_verbs() {
  std::vector<std::string_view> verbs;
  for (const auto& behaviour : all_behaviours()) {
    for (const auto& command : behaviour.commands) verbs.push_back(command.verb);
  }
  return verbs;
}

std::string overview() {
  std::string table =
      "Commands stand at the start of a line of their own.\n\n| command | what it does | who may |\n|---|---|---|\n";
  for (const auto& behaviour : all_behaviours()) {
    for (const auto& command : behaviour.commands) {
      table += "| `" + std::string(command.grammar) + "` | " + std::string(command.help) + " | " +
               std::string(command.who) + " |\n";
    }
  }
  return table;
}

// A slip gets one suggestion and is never carried out; what is like no command ("/shrug") gets no answer at all.
std::optional<model::Say> suggestion(const model::Event& event, const command::Command& asked) {
  const auto verbs = known_verbs();
  for (const auto verb : verbs) {
    if (verb == asked.verb) return std::nullopt;
  }
  const auto meant = command::nearest(asked.verb, verbs);
  if (meant.empty()) return std::nullopt;
  return answer(event, "unknown",
                "`/" + asked.verb + "` is not a command here. Was `/" + meant + "` meant? `/help` lists them all.");
}

model::Decisions decide(const model::Event& event, const Context& context) {
  for (const auto& asked : context.commands) {
    if (asked.verb == "help") return {answer(event, "help", overview())};
  }
  for (const auto& asked : context.commands) {
    if (auto say = suggestion(event, asked)) return {*say};
  }
  return {};
}

}  // namespace

Behaviour help() {
  return {"help",
          "Lists the commands, and suggests the one that was meant.",
          {{"help", "/help", "everyone", "Lists the commands."}},
          {},
          decide};
}

}  // namespace greenroom::bot::behaviours
