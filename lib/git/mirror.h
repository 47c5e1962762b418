#pragma once
// A bare mirror of one repository on the runner, fetched incrementally in a limited child process (git fetch), with
// hooks, filters, submodules, LFS, credentials helpers and every other transport switched off (facts:
// docs/threat-model.md).

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"

namespace greenroom::git {

struct FetchSource {
  std::string url;             // from configuration + repository id, never from a payload
  std::string allow_protocol;  // "file" for the local host, else "https:ssh"
  Secret token;                // given through an askpass descriptor; may be empty
};

struct FetchLimits {
  std::chrono::seconds wall{120};
  std::uint64_t pack_bytes = 1ull << 30;
  std::function<bool()> cancelled;  // polled while waiting for the lock and for git; true ends both; may be empty
};

// Makes `directory` a bare mirror holding at least the given commits. Fetches only what is missing; does nothing, and
// starts no process, when all are there. Blocks. A fetch that fails or is cancelled leaves nothing in the mirror: no
// lock, no half pack. Errors: not_found (the host does not have the commit), transient (also: cancelled), user_fault
// (over a limit).
Result<void> fetch_commits(const std::string& directory, const FetchSource& source,
                           const std::vector<std::string>& shas, const FetchLimits& limits = {});
// The same; `find_source` is called only when something is missing, and may block. Its errors are passed on.
using FindSource = std::function<Result<FetchSource>()>;
Result<void> fetch_commits(const std::string& directory, const FindSource& find_source,
                           const std::vector<std::string>& shas, const FetchLimits& limits = {});

}  // namespace greenroom::git
