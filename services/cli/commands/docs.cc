// The reference pages that follow from the program's own tables.

#include <iostream>

#include "lib/config/config.h"
#include "services/cli/commands.h"

namespace greenroom::cli {
namespace {

std::string usage_of(const Command& command) {
  std::string usage = "greenroom " + std::string(command.name);
  for (const Positional& positional : command.positionals) {
    const std::string name(positional.name);
    if (positional.count == Positional::Count::one) usage += " " + name;
    if (positional.count == Positional::Count::optional) usage += " [" + name + "]";
    if (positional.count == Positional::Count::many) usage += " [" + name + " …]";
  }
  return usage + (command.options.empty() ? "" : " [options]");
}

std::string section_of(const Command& command) {
  std::string text =
      "## " + std::string(command.name) + "\n\n" + std::string(command.purpose) + "\n\n    " + usage_of(command) + "\n";
  if (command.positionals.empty() && command.options.empty()) return text + "\n";
  text += "\n| word | meaning |\n|---|---|\n";
  for (const Positional& positional : command.positionals)
    text += "| `" + std::string(positional.name) + "` | " + std::string(positional.doc) + " |\n";
  for (const Option& option : command.options)
    text += "| `" + std::string(option.name) + (option.value.empty() ? "" : " " + std::string(option.value)) + "` | " +
            std::string(option.doc) + " |\n";
  return text + "\n";
}

std::string commands_page() {
  std::string text =
      "# Commands\n\n"
      "Made by `greenroom docs commands`; a test fails when this page is stale.\n\n"
      "Exit codes: 0 fine, 1 there is something to look at, 2 the command was not understood or the input is wrong "
      "(the message says "
      "what to write), 3 something that is needed did not answer.\n\n";
  for (const Command& command : all_commands()) text += section_of(command);
  text.pop_back();
  return text;
}

Result<int> run(const Arguments& arguments) {
  const std::string what = arguments.text("what");
  if (what != "commands" && what != "configuration")
    return user_fault("'" + what + "' is not one of commands, configuration");
  std::cout << (what == "commands" ? commands_page() : config::documentation());
  return kFine;
}

}  // namespace

Command command_docs() {
  return {"docs", "Print a reference page as Markdown.", {{"what", "commands or configuration"}}, {}, run};
}

}  // namespace greenroom::cli
