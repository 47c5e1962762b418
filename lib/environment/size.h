#pragma once
// How large a resolved environment makes a job's variables (GR002). Pure.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace greenroom::environment {

// From here on people are told. Each import looks through the folders of PYTHONPATH, one after the other, and each
// process that starts takes all variables along. The systems' own limits lie higher: Linux takes 128 KiB in one string
// (MAX_ARG_STRLEN), Windows 32,767 characters in the whole block.
inline constexpr std::size_t kManyFolders = 64;
inline constexpr std::size_t kManyBytes = 16u << 10;

// One sentence with the numbers, without a full stop: "PYTHONPATH has 80 folders (3.9 KiB)". Names and values may be
// anything. nullopt: no variable that ends in PATH has more than kManyFolders, and all variables together (names,
// values, and two bytes for each) no more than kManyBytes.
std::optional<std::string> oversize(const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace greenroom::environment
