#include "lib/process/program.h"

#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/text.h"

namespace greenroom::process {
namespace {

std::string path_of(const Command& command) {
  for (const auto& [name, value] : command.environment) {
    if (name == "PATH") return value;
  }
  return {};
}

bool is_program(const std::string& file) {
  struct stat status {};
  return ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

Result<std::string> find_program(const Command& command) {
  if (command.argv.empty() || command.argv[0].empty()) return bug("a command has no program");
  const std::string& name = command.argv[0];
  if (name.find('/') != std::string::npos) return name;
  const std::string path = path_of(command);
  for (const auto folder : split(path, ':')) {
    if (folder.empty()) continue;  // an empty part means the current directory, which a job may own
    std::string file = std::string(folder) + "/" + name;
    if (is_program(file)) return file;
  }
  return not_found("there is no program '" + name + "' in PATH '" + path + "'");
}

}  // namespace greenroom::process
