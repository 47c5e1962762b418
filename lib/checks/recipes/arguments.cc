#include "lib/checks/recipe.h"

namespace greenroom::checks {
namespace {

// A name that begins with '-' or '@' would be an option or a response file to some tool.
std::string as_argument(const std::string& path) {
  const char first = path.empty() ? '-' : path[0];
  const bool plain = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                     (first >= '0' && first <= '9') || first == '_' || first == '.';
  return plain ? path : "./" + path;
}

}  // namespace

bool add_paths(Check& check, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (check.paths == kMaxPaths) {
      ++check.left_out;
      continue;
    }
    check.argv.push_back(as_argument(path));
    ++check.paths;
  }
  return check.paths > 0;
}

std::string add_file(Check& check, ToolConfig config) {
  std::string place = "/greenroom/" + config.name;
  check.files.emplace_back(std::move(config.name), std::move(config.content));
  return place;
}

}  // namespace greenroom::checks
