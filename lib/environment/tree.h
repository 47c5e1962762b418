#pragma once
// A tree that somebody else's code filled, looked at from outside: its size, and whether it may be kept. Private.

#include <cstdint>
#include <string>

#include "lib/base/error.h"

namespace greenroom::environment {

inline constexpr std::uint64_t kMaxFiles = 300'000;

// Bytes on the disk; stops counting once they are more than `most`. What cannot be read counts nothing.
std::uint64_t bytes_below(const std::string& folder, std::uint64_t most);

// Its size, when it holds nothing but plain files, folders and links, all ours, none with special rights, and no more
// than it may. Errors: rejected, with a sentence.
Result<std::uint64_t> check_tree(const std::string& folder, std::uint64_t most);

}  // namespace greenroom::environment
