#pragma once
// A tool's settings: the project's own, from the base branch, as far as a project may choose (allowed/), or ours. They
// are passed as a trusted file, so what the change itself does to them counts from the day it is merged.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "lib/checks/check.h"

namespace greenroom::checks {

// A file in which a tool looks for its settings, and the beginning of the section's line that makes the file its own:
// "[flake8", "[tool.black". Empty: the file as such.
struct ConfigPlace {
  std::string_view file;
  std::string_view section;
};

struct ToolConfig {
  std::string name;  // under /greenroom/
  std::string content;
  bool project = false;  // the project's own
};

// The first place that holds settings; empty name when there is none.
ToolConfig project_config(const ProjectView& project, const std::vector<ConfigPlace>& places);
// The same with that tool's allowed keys only, else the trusted file `ours`.
ToolConfig config_or_ours(std::string_view tool, const ProjectView& project, const std::vector<ConfigPlace>& places,
                          std::string_view ours);

}  // namespace greenroom::checks
