#include "lib/checks/tool_config.h"

#include <stdexcept>

#include "lib/base/text.h"
#include "lib/checks/allowed/allowed.h"
#include "lib/checks/trusted.h"

namespace greenroom::checks {
namespace {

constexpr std::size_t kMaxConfigBytes = 256 * 1024;

// "[flake8" opens "[flake8]" and "[flake8:local-plugins]", not "[flake8x]".
bool has_section(std::string_view content, std::string_view section) {
  for (const std::string_view raw : split_lines(content)) {
    const std::string_view line = trim(raw);
    if (!line.starts_with(section)) continue;
    const std::string_view rest = line.substr(section.size());
    if (!rest.empty() && (rest[0] == ']' || rest[0] == ':' || rest[0] == '.')) return true;
  }
  return false;
}

}  // namespace

ToolConfig project_config(const ProjectView& project, const std::vector<ConfigPlace>& places) {
  for (const ConfigPlace& place : places) {
    std::string content = project.base_file(place.file);
    if (content.empty() || content.size() > kMaxConfigBytes) continue;
    if (place.section.empty() || has_section(content, place.section))
      return {std::string(place.file), std::move(content), true};
  }
  return {};
}

ToolConfig config_or_ours(std::string_view tool, const ProjectView& project, const std::vector<ConfigPlace>& places,
                          std::string_view ours) {
  ToolConfig config = project_config(project, places);
  const AllowedSettings* allowed = allowed_settings_of(tool);
  if (allowed == nullptr) throw std::logic_error("nobody says what a project may set for " + std::string(tool));
  if (!config.name.empty()) {
    config.content = allowed_settings(*allowed, config.name, config.content);
    return config;
  }
  return {std::string(ours), trusted_file(ours), false};
}

}  // namespace greenroom::checks
