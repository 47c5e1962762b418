#pragma once
// The operator's rez package folders: environments.rez_packages_path, each <family>/<version>/package.py. Private.

#include <string>
#include <string_view>
#include <vector>

#include "lib/sandbox/sandbox.h"

namespace greenroom::checks {

inline constexpr std::string_view kRezInside = "/opt/rez";

// /opt/rez/0, /opt/rez/1 … in their order: where rez resolves and where jobs run, so that a package's root is the same.
std::vector<sandbox::ReadOnlyBind> rez_binds(const std::vector<std::string>& folders);

// The state of the folders as a hash, from the names and times of the families: rez touches a family's folder when it
// releases a version, adds a variant to one, or hides one. Other for other folders. A folder that cannot be read counts
// as empty; binding it fails with a sentence later. Reads no package. Blocks on the file system: one stat a family.
std::string rez_stamp(const std::vector<std::string>& folders);

}  // namespace greenroom::checks
