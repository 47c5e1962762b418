#pragma once
// Bounded JSON on nlohmann::json. Parsing hostile text: at most kMaxDepth levels and valid UTF-8, else user_fault.
// Include <nlohmann/json.hpp> only in .cc files; headers use the forward declaration below. Pure, thread-safe.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "lib/base/error.h"

namespace greenroom::json {

using Value = nlohmann::json;
inline constexpr int kMaxDepth = 64;

// Errors: user_fault, each a whole sentence: "the text is not JSON", "the JSON text is nested deeper than 64 levels",
// "the JSON text is not valid UTF-8".
Result<Value> parse(std::string_view text);

// Never throws: invalid UTF-8 is replaced. Compact.
std::string dump(const Value& value);

// Lookups that never throw: the default when the key is missing or of another type.
std::string text(const Value& object, std::string_view key, std::string_view otherwise = "");
std::int64_t integer(const Value& object, std::string_view key, std::int64_t otherwise = 0);
bool boolean(const Value& object, std::string_view key, bool otherwise = false);
const Value& member(const Value& object, std::string_view key);  // a null value when missing

}  // namespace greenroom::json
