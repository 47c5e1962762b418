#include "lib/json/json.h"

#include <nlohmann/json.hpp>

#include "lib/base/text.h"

namespace greenroom::json {
namespace {

// Depth by counting brackets outside strings: cheap, and before the recursive parser sees the text.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxDepth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

}  // namespace

Result<Value> parse(std::string_view text) {
  if (!is_utf8(text)) return user_fault("the JSON text is not valid UTF-8");
  if (is_too_deep(text)) return user_fault("the JSON text is nested deeper than 64 levels");
  auto value = Value::parse(text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return user_fault("the text is not JSON");
  return value;
}

std::string dump(const Value& value) { return value.dump(-1, ' ', false, Value::error_handler_t::replace); }

std::string text(const Value& object, std::string_view key, std::string_view otherwise) {
  const Value& found = member(object, key);
  return found.is_string() ? found.get<std::string>() : std::string(otherwise);
}

std::int64_t integer(const Value& object, std::string_view key, std::int64_t otherwise) {
  const Value& found = member(object, key);
  return found.is_number_integer() ? found.get<std::int64_t>() : otherwise;
}

bool boolean(const Value& object, std::string_view key, bool otherwise) {
  const Value& found = member(object, key);
  return found.is_boolean() ? found.get<bool>() : otherwise;
}

const Value& member(const Value& object, std::string_view key) {
  static const Value kNothing;
  if (!object.is_object()) return kNothing;
  const auto it = object.find(key);
  return it == object.end() ? kNothing : *it;
}

}  // namespace greenroom::json
