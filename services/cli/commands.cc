#include "services/cli/commands.h"

namespace greenroom::cli {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands{
      // at home
      command_check(),
      command_try(),
      command_explain(),
      command_rules(),
      command_import_cost(),
      // about the program
      command_config(),
      command_docs(),
      command_doctor(),
      command_version(),
      // administration
      command_migrate(),
      command_seed(),
      command_sign_in_link(),
      command_connect(),
      command_review(),
      command_comment(),
      command_hook(),
  };
  return commands;
}

}  // namespace greenroom::cli
