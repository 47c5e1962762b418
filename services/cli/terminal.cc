#include "services/cli/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace greenroom::cli {
namespace fs = std::filesystem;

review::Colour output_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string(terminal) == "dumb";
  const bool plain = (no_colour != nullptr && *no_colour != '\0') || dumb || isatty(STDOUT_FILENO) == 0;
  return plain ? review::Colour::no : review::Colour::yes;
}

Result<std::string> templates_directory(const config::Config& config) {
  std::error_code ignored;
  const std::string configured = config.text("templates.directory");
  if (fs::is_directory(configured, ignored)) return configured;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const char* beside : {"../templates", "../../../templates"})  // installed; in a build folder
    if (const fs::path folder = program / beside; fs::is_directory(folder / "lessons", ignored))
      return folder.lexically_normal().string();
  return user_fault("the lessons are neither in " + configured +
                    " nor beside the program; set templates.directory to their folder");
}

}  // namespace greenroom::cli
