#pragma once
// libgit2 as this room uses it: started once, told to read no configuration but the repository's own, and its errors
// turned into ours. Its header stays in this folder's .cc files.

#include <string_view>

#include "lib/base/error.h"
#include "lib/git/repository.h"

struct git_repository;

namespace greenroom::git {

void start_libgit2();  // thread-safe; the first call does the work

// libgit2's last error on this thread, for the negative answer `code`.
Error native_error(int code, std::string_view doing);

struct Repository::Impl {
  git_repository* repository = nullptr;
  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();
};

}  // namespace greenroom::git
