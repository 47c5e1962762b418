#pragma once
// Brings files out of the folder that a job wrote to. Everything in it is hostile: nothing but regular files is read,
// no symlink is followed, and nothing can make the reader wait.

#include <string>
#include <vector>

#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

struct ArtefactHarvest {
  std::vector<Artefact> taken;
  std::vector<std::string> refused;  // "name: why"; one that is not there is neither taken nor refused
};

// `folder` is an open directory; `most_bytes` is for all of them together.
ArtefactHarvest take_artefacts(int folder, const std::vector<std::string>& names, std::uint64_t most_bytes);

}  // namespace greenroom::sandbox
