#pragma once
// pytest's `addopts` of a project often name options of plug-ins (--cov, -n) that are not installed here; pytest then
// refuses to start at all.

#include <optional>
#include <string>
#include <string_view>

namespace greenroom::checks {

// What `addopts` should be instead, with the options of absent plug-ins left out; nullopt when it may stay as it is, or
// is written in a way that this does not read. `config` is an ini or TOML file of the project.
std::optional<std::string> runnable_addopts(std::string_view config);

}  // namespace greenroom::checks
