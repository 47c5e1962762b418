#pragma once
// A runner slot's working copy of one repository: plain files, no .git. Untrusted code never writes here (tests get an
// overlay or a copy), so moving to the next head writes only what differs between the two trees.

#include <functional>
#include <string>

#include "lib/git/repository.h"

namespace greenroom::git {

class Checkout {
 public:
  // `directory` is made when missing. What was checked out is remembered in `directory`.state; when that file is
  // missing or does not match, everything is written anew.
  Checkout(std::string directory);

  // Makes the directory hold exactly the tree of `sha`. Regular files, executables and symlinks (never followed);
  // submodules become empty directories. No filters, no line-end conversion.
  // `cancelled` is asked before every file; a checkout that ends there is written anew by the next one.
  // Errors: user_fault (tree over a limit, a hostile name), transient (disk full: says so; cancelled).
  Result<void> move_to(const Repository& repository, std::string_view sha, const TreeLimits& limits = {},
                       const std::function<bool()>& cancelled = {});
  const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
};

}  // namespace greenroom::git
