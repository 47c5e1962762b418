#include "lib/git/library.h"

#include <git2.h>

#include <stdexcept>

namespace greenroom::git {
namespace {

constexpr ssize_t kObjectCache = 64 << 20;  // bytes, for the whole process

bool start() {
  if (git_libgit2_init() < 0) throw std::runtime_error("libgit2 does not start");
  for (const int level :
       {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
    git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "/dev/null");
  }
  // A mirror may belong to another user of the same installation. The check guards against running what a foreign
  // configuration names; nothing of a repository is ever run here.
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, kObjectCache);
  return true;
}

}  // namespace

void start_libgit2() { [[maybe_unused]] static const bool started = start(); }

Error native_error(int code, std::string_view doing) {
  const git_error* last = git_error_last();
  const ErrorKind kind = code == GIT_ENOTFOUND ? ErrorKind::not_found : ErrorKind::transient;
  return Error{kind, last != nullptr && last->message != nullptr ? last->message : "libgit2 gives no reason",
               std::string(doing)};
}

Repository::Impl::~Impl() { git_repository_free(repository); }

}  // namespace greenroom::git
