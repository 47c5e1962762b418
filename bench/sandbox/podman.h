#pragma once
// The same program in a container of podman's, without a network and over the machine's own /usr: what a runner would
// pay that started one container for each check.

#include <filesystem>
#include <optional>
#include <string>

#include "lib/process/process.h"

namespace greenroom::bench {

// A command that has worked once here. nullopt: there is no podman, or it does not run; `why_not` says which.
std::optional<process::Command> podman_command(const std::filesystem::path& folder, std::string& why_not);

}  // namespace greenroom::bench
