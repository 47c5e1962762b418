#pragma once
// Paths as git quotes them: "dir/\303\244.py" in C style when a byte needs it, plain otherwise.

#include <optional>
#include <string>
#include <string_view>

namespace greenroom::diff {

// Takes one path from the front of `text`; `text` keeps the rest. A plain path ends at a tab or the end.
// nullopt: a quote that never ends, or an escape that git never writes.
std::optional<std::string> take_path(std::string_view& text);

// "diff --git a/x b/x": both paths, without their prefixes; nullopt when the line does not tell them apart.
struct PathPair {
  std::string old_path, new_path;
};
std::optional<PathPair> header_paths(std::string_view after_diff_git);

}  // namespace greenroom::diff
