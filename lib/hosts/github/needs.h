#pragma once
// What Greenroom needs of a GitHub App: the least that does the work. Inner to lib/hosts/github.
// Source of the names: GitHub's REST description of an App's permissions; the sentences are as on the App's page.

#include <string_view>
#include <vector>

namespace greenroom::hosts::github {

enum class Need { none, read, write };

struct NeededPermission {
  std::string_view key, name;  // "pull_requests", "Pull requests"
  Need need;
};
const std::vector<NeededPermission>& needed_permissions();

struct NeededEvent {
  std::string_view key, name;
};
const std::vector<NeededEvent>& needed_events();

}  // namespace greenroom::hosts::github
