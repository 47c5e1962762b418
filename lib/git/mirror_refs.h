#pragma once
// The refs by which a mirror remembers what it fetched whole: refs/greenroom/<sha>. An object alone proves nothing (a
// host may send a commit without its tree); the ref is only made after git has checked that everything is there.

#include <string>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::git {

std::string keeper_of(std::string_view sha);  // "refs/greenroom/<sha>"

// Makes an empty bare repository, without templates, when `directory` holds none. Errors: transient.
Result<void> make_mirror(const std::string& directory);
// Those of `shas` that were never fetched. Errors: transient.
Result<std::vector<std::string>> missing_commits(const std::string& directory, const std::vector<std::string>& shas);
// Keeps the refs of the newest commits when there are more than `most`, so that fetches stay fast and old history can
// be collected. Those of `keep` stay. Errors: transient.
Result<void> forget_oldest(const std::string& directory, std::size_t most, const std::vector<std::string>& keep);

}  // namespace greenroom::git
