#include "lib/environment/size.h"

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::environment {
namespace {

constexpr std::size_t kMostNamed = 3;

std::string kibibytes(std::size_t bytes) {
  const std::size_t tenths = (bytes * 10 + 512) / 1024;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " KiB";
}

std::size_t folders_in(std::string_view value) {
  const auto parts = split(value, ':');
  return static_cast<std::size_t>(std::ranges::count_if(parts, [](std::string_view part) { return !part.empty(); }));
}

std::string shown(const std::string& name) { return shorten(escape_bytes(name), 60); }

}  // namespace

std::optional<std::string> oversize(const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> parts;
  std::size_t together = 0;
  for (const auto& [name, value] : variables) {
    together += name.size() + value.size() + 2;
    const std::size_t folders = name.ends_with("PATH") ? folders_in(value) : 0;
    if (folders > kManyFolders && parts.size() < kMostNamed)
      parts.push_back(shown(name) + " has " + std::to_string(folders) + " folders (" + kibibytes(value.size()) + ")");
  }
  if (together > kManyBytes) parts.push_back("all variables together have " + kibibytes(together));
  if (parts.empty()) return std::nullopt;
  return join(parts, ", ");
}

}  // namespace greenroom::environment
