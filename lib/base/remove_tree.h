#pragma once
// Removes a folder with whatever a stranger's job made in it: folders without permissions, names of any length, trees
// of any depth. Uses four descriptors and constant stack however deep the tree is (std::filesystem::remove_all holds
// one descriptor a level, and so ends at the process's limit).

#include <string>

#include "lib/base/error.h"

namespace greenroom {

// `path` itself and everything below; a symlink is removed, never followed. Nothing there is no error. Nobody else may
// be writing below `path`. What can be removed is, also when something else cannot. Errors: transient, naming the
// first thing that stayed and why.
Result<void> remove_tree(const std::string& path);

}  // namespace greenroom
