#pragma once
// Texts of the workspace's files, for columns and line texts. The tree is hostile: no symlink is followed, nothing
// outside is read. Thread-safe.

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "lib/base/fd.h"

namespace greenroom::pipeline {

class Sources {
 public:
  explicit Sources(const std::string& directory);
  // Empty when there is no such regular file, or it is larger than 4 MiB. Valid as long as this object.
  std::string_view text(std::string_view path);

  // Whether there is anything of that name, a folder too; a symlink counts as nothing.
  bool has(const std::string& path) const;

 private:
  Fd open_beneath(const std::string& path, int flags) const;
  std::string read(const std::string& path) const;
  Fd directory_;
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace greenroom::pipeline
