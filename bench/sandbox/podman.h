#pragma once
// The same program in a container of podman's, without a network and over the machine's own /usr: what a runner would
// pay that started one container for each check.

#include <optional>
#include <string>

#include "lib/process/process.h"

namespace greenroom::bench {

// Where podman keeps its own, removed at the end. Its name is short: podman waits twenty seconds for the end of every
// container whose sockets do not fit the 108 bytes of an address.
class PodmanHome {
 public:
  PodmanHome();
  PodmanHome(const PodmanHome&) = delete;
  PodmanHome& operator=(const PodmanHome&) = delete;
  ~PodmanHome();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A command that has worked once here. nullopt: there is no podman, or it does not run; `why_not` says which.
std::optional<process::Command> podman_command(const PodmanHome& home, std::string& why_not);

}  // namespace greenroom::bench
