#pragma once
// What bubblewrap said on its status descriptor: whether the job ever ran, and how it ended. Its own exit code cannot
// tell, since bubblewrap ends with 1 both when it fails and when the job does. Pure.

#include <optional>
#include <string_view>

namespace greenroom::sandbox {

struct ExitStatus {
  std::optional<int> init;       // the sandbox's first process, as the machine numbers it
  std::optional<int> exit_code;  // absent: the sandbox was not built, or was killed from outside
};

ExitStatus parse_exit_status(std::string_view text);

}  // namespace greenroom::sandbox
