#pragma once
// Which names of a tree may become names on our disk. Pure.

#include <string>
#include <string_view>

#include "lib/base/error.h"

namespace greenroom::git {

// One component of a path: not empty, ".", "..", not ".git" in any spelling that some file system takes for it,
// without '/', and short enough. Anything else, even control characters, is only a strange name.
bool is_safe_name(std::string_view name);

// For messages: control characters and invalid UTF-8 replaced, shortened.
std::string shown(std::string_view path);

}  // namespace greenroom::git
