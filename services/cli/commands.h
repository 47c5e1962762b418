#pragma once
// Every command, by file: commands/<name>.cc defines command_<name>().

#include "services/cli/command.h"

namespace greenroom::cli {

Command command_check();
Command command_comment();
Command command_config();
Command command_connect();
Command command_docs();
Command command_doctor();
Command command_explain();
Command command_hook();
Command command_import_cost();
Command command_migrate();
Command command_review();
Command command_rules();
Command command_seed();
Command command_sign_in_link();
Command command_try();
Command command_version();

}  // namespace greenroom::cli
