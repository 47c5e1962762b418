#include "services/cli/commands.h"

namespace greenroom::cli {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands{
      command_config(), command_version(),                                                       // about the program
      command_migrate(), command_seed(), command_sign_in_link(), command_review(), command_comment(), command_hook(),  // administration
  };
  return commands;
}

}  // namespace greenroom::cli
