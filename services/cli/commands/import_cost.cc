// What an import costs on the person's own machine: their Python, their packages, no sandbox.

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "lib/base/text.h"
#include "lib/checks/languages.h"
#include "lib/checks/trusted.h"
#include "lib/process/process.h"
#include "services/cli/commands.h"
#include "services/cli/scratch.h"

namespace greenroom::cli {
namespace {

constexpr std::chrono::minutes kAtMost{30};

process::Command measuring(const std::string& script, const Arguments& arguments) {
  process::Command command;
  command.argv = {arguments.text("python", "python3"), script};
  for (const std::string& module : arguments.list("module")) command.argv.push_back(module);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      command.environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  command.wall = kAtMost;
  return command;
}

Result<int> run(const Arguments& arguments) {
  if (arguments.list("module").empty()) return user_fault("name a module to import, such as shotlist");
  for (const std::string& module : arguments.list("module"))
    if (!checks::is_module_name(module))
      return user_fault("'" + shorten(scrub_utf8(module), 60) +
                        "' is no module's name; write it as after 'import': " + "shotlist.render");
  GREENROOM_TRY(scratch, Scratch::make());
  const std::string script = scratch.path() + "/import_cost.py";
  std::ofstream out(script, std::ios::binary);
  out << checks::trusted_file("import_cost.py");
  out.close();
  if (!out) return transient("cannot write " + script + "; is the disk full?");
  const auto command = measuring(script, arguments);
  GREENROOM_TRY(outcome, process::run(command));
  std::cout << outcome.out.joined();
  if (outcome.ok()) return outcome.out.head.find(": stopped. ") == std::string::npos ? kFine : kAttention;
  std::cerr << outcome.err.joined();
  return transient(command.argv[0] + " could not measure it; Python 3.8 or newer can");
}

}  // namespace

Command command_import_cost() {
  return {"import-cost",
          "Measure what an import costs: files opened, paths looked at, milliseconds.",
          {{"module", "modules to import, each in a process of its own", Positional::Count::many}},
          {{"--python", "PROGRAM", "the Python to measure with; without it, python3 of this terminal"}},
          run};
}

}  // namespace greenroom::cli
