#include "lib/sandbox/scratch.h"

#include <filesystem>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/base/remove_tree.h"

namespace greenroom::sandbox {
namespace fs = std::filesystem;

Result<Scratch> Scratch::make(const std::string& parent) {
  const std::string path = parent + "/job-" + random_hex(8);
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return transient("make '" + path + "': " + error.message());
  return Scratch(path);
}

Scratch::~Scratch() {
  if (!path_.empty()) remove_thoroughly(path_);
}

Result<void> Scratch::copy_workspace(const std::string& workspace) const {
  std::error_code error;
  fs::copy(workspace, path_ + "/copy", fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
  if (error) return transient("copy the workspace: " + error.message());
  return {};
}

void remove_thoroughly(const std::string& path) {
  if (const auto removed = remove_tree(path); !removed) log::error("scratch_not_removed", {{"error", removed.error()}});
}

}  // namespace greenroom::sandbox
