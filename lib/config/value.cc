#include "lib/config/value.h"

#include <charconv>

#include "lib/base/text.h"

namespace greenroom::config {

std::optional<std::int64_t> read_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> read_list(std::string_view text) {
  std::vector<std::string> items;
  for (const std::string_view part : split(text, ','))
    if (const std::string_view item = trim(part); !item.empty()) items.emplace_back(item);
  return items;
}

Result<void> check_value(const Key& key, std::string_view text) {
  const std::string name(key.name);
  switch (key.type) {
    case Type::integer:
    case Type::seconds:
    case Type::bytes: {
      const auto number = read_integer(text);
      const std::string unit = key.type == Type::seconds ? " of seconds" : key.type == Type::bytes ? " of bytes" : "";
      if (!number || *number < 0)
        return user_fault("'" + name + "' takes a whole number" + unit + ", for instance " +
                          std::string(key.otherwise) + ", not '" + shorten(scrub_utf8(text), 60) + "'");
      return {};
    }
    case Type::boolean:
      if (text != "true" && text != "false")
        return user_fault("'" + name + "' is true or false, not '" + shorten(scrub_utf8(text), 60) + "'");
      return {};
    case Type::path:
      if (!text.empty() && text.front() != '/')
        return user_fault("'" + name + "' takes an absolute path, one that begins with '/'");
      return {};
    case Type::text:
    case Type::secret:
    case Type::list: return {};
  }
  return {};
}

std::string_view name_of(Type type) {
  switch (type) {
    case Type::text: return "text";
    case Type::integer: return "whole number";
    case Type::boolean: return "true or false";
    case Type::seconds: return "seconds";
    case Type::bytes: return "bytes";
    case Type::secret: return "secret";
    case Type::list: return "list";
    case Type::path: return "path";
  }
  return "";
}

std::string_view name_of(Trust trust) {
  switch (trust) {
    case Trust::operator_only: return "operator";
    case Trust::repository: return "repository";
    case Trust::repository_may_lower: return "repository, downwards only";
  }
  return "";
}

}  // namespace greenroom::config
