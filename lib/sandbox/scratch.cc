#include "lib/sandbox/scratch.h"

#include <filesystem>

#include "lib/base/hash.h"
#include "lib/base/log.h"

namespace greenroom::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 4096;

void open_up(const fs::path& folder, int depth) {
  std::error_code error;
  if (depth > kMaxDepth || fs::symlink_status(folder, error).type() != fs::file_type::directory) return;
  fs::permissions(folder, fs::perms::owner_all, fs::perm_options::add | fs::perm_options::nofollow, error);
  if (error) fs::permissions(folder, fs::perms::owner_all, fs::perm_options::add, error);
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    open_up(entry->path(), depth + 1);
  }
}

}  // namespace

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
  std::error_code error;
  fs::remove_all(path, error);
  if (!error) return;
  open_up(path, 0);
  fs::remove_all(path, error);
  if (error) log::error("scratch_not_removed", {{"path", path}, {"error", error.message()}});
}

}  // namespace greenroom::sandbox
