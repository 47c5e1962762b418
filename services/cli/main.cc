// greenroom: the same checks in the terminal, and the administration of a Greenroom.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>

#include "lib/base/log.h"
#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "services/cli/command.h"

namespace greenroom::cli {
namespace {

std::string bare(std::string_view option) { return std::string(option.substr(option.find_first_not_of('-'))); }

struct Parsed {  // where CLI11 puts the words of one command
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, bool> flags;
};

void declare(CLI::App& app, const Command& command, Parsed& parsed) {
  for (const Positional& positional : command.positionals) {
    auto* option = app.add_option(std::string(positional.name), parsed.texts[std::string(positional.name)],
                                  std::string(positional.doc));
    if (positional.count == Positional::Count::one) option->required()->expected(1)->allow_extra_args(false);
    if (positional.count == Positional::Count::optional) option->expected(0, 1);
  }
  for (const Option& option : command.options) {
    const std::string name = bare(option.name);
    if (option.value.empty())
      app.add_flag(std::string(option.name), parsed.flags[name], std::string(option.doc));
    else
      app.add_option(std::string(option.name), parsed.texts[name], std::string(option.doc))
          ->expected(1)
          ->type_name(std::string(option.value));
  }
  if (command.footer != nullptr) app.footer([&command] { return command.footer(); });
}

Arguments collect(const Parsed& parsed) {
  Arguments arguments;
  for (const auto& [name, values] : parsed.texts)
    if (!values.empty()) arguments.values[name] = values;
  for (const auto& [name, on] : parsed.flags)
    if (on) arguments.values[name] = {};
  return arguments;
}

int exit_code_of(const Error& error) {
  return error.kind == ErrorKind::user_fault || error.kind == ErrorKind::not_found ? kUsage : kUnavailable;
}

int run(const Command& command, const Parsed& parsed) {
  const auto code = command.run(collect(parsed));
  if (code) return *code;
  std::cerr << "greenroom " << command.name << ": "
            << (exit_code_of(code.error()) == kUsage ? code.error().message : code.error().describe()) << "\n";
  return exit_code_of(code.error());
}

// The first word, when it is no command and no option.
bool is_misspelt(int argc, char** argv) {
  if (argc < 2 || std::string_view(argv[1]).starts_with('-')) return false;
  const auto& all = all_commands();
  return std::none_of(all.begin(), all.end(), [&](const Command& command) { return command.name == argv[1]; });
}

int refuse(const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) names.emplace_back(command.name);
  std::cerr << "greenroom: there is no command '" << shorten(word, 60) << "'" << did_you_mean(word, names)
            << "\n'greenroom --help' lists them.\n";
  return kUsage;
}

int main_of(int argc, char** argv) {
  if (is_misspelt(argc, argv)) return refuse(argv[1]);
  CLI::App app("greenroom: checks that teach, in the terminal and beside your git host", "greenroom");
  app.require_subcommand(1);
  std::map<std::string_view, Parsed> parsed;
  std::map<const CLI::App*, const Command*> commands;
  for (const Command& command : all_commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.purpose));
    declare(*sub, command, parsed[command.name]);
    commands[sub] = &command;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kFine : kUsage;
  }
  const Command& command = *commands.at(app.get_subcommands().front());
  return run(command, parsed[command.name]);
}

}  // namespace
}  // namespace greenroom::cli

int main(int argc, char** argv) {
  greenroom::log::start("greenroom", "warn");
  return greenroom::cli::main_of(argc, argv);
}
