#include <iostream>

#include "services/cli/commands.h"

namespace greenroom::cli {
namespace {

Result<int> run(const Arguments&) {
  std::cout << "greenroom " << GREENROOM_VERSION << "\n";
  return kFine;
}

}  // namespace

Command command_version() { return {"version", "Print the version.", {}, {}, run}; }

}  // namespace greenroom::cli
