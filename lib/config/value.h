#pragma once
// Checks a value against its key's type, and reads it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/config.h"

namespace greenroom::config {

// Errors: user_fault saying what to write. The message is a sentence without place.
Result<void> check_value(const Key& key, std::string_view text);

std::optional<std::int64_t> read_integer(std::string_view text);
std::vector<std::string> read_list(std::string_view text);  // comma-separated, trimmed, empty items left out
std::string_view name_of(Type type);
std::string_view name_of(Trust trust);

}  // namespace greenroom::config
