#pragma once
// A directory on disk that only ever changes beneath itself: every step goes through directory descriptors opened with
// O_NOFOLLOW, so neither a hostile path nor a symlink that is already there can lead a write elsewhere.

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/git/repository.h"

namespace greenroom::git {

// One thread at a time. Paths are relative and made of safe names (names.h). Errors: transient.
class WorkTree {
 public:
  static Result<WorkTree> open(const std::string& directory);  // made, with its parents, when missing
  Result<void> clear();
  Result<void> remove(std::string_view path);  // whatever is there, with all below it; nothing there is fine
  // Writes the entry anew; `content` is a symlink's target for a symlink, nothing for a submodule.
  Result<void> write(const TreeEntry& entry, std::string_view content);
  std::string identity() const;  // changes when the directory is another one than before

 private:
  struct Level {
    std::string name;
    Fd directory;
  };
  enum class Missing { fail, make };
  Result<int> enter(std::string_view path, Missing missing);
  Result<void> descend(std::string_view name, Missing missing);
  int current() const { return levels_.empty() ? root_.get() : levels_.back().directory.get(); }

  Fd root_;
  std::vector<Level> levels_;  // the folder last written to, outermost first: entries come sorted, so most writes stay
};

}  // namespace greenroom::git
