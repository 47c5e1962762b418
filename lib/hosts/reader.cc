#include "lib/hosts/reader.h"

#include <nlohmann/json.hpp>

namespace greenroom::hosts {

std::string Reader::name_of(std::string_view member) const {
  return path_.empty() ? std::string(member) : path_ + "." + std::string(member);
}

void Reader::refuse(std::string_view member, std::string_view what) {
  if (fault_.empty()) fault_ = name_of(member) + " " + std::string(what);
}

Result<void> Reader::result() const {
  if (!fault_.empty()) return user_fault(fault_);
  return {};
}

bool Reader::has(std::string_view member) const { return !json::member(*object_, member).is_null(); }

Reader Reader::object(std::string_view member) {
  const auto& found = json::member(*object_, member);
  if (!found.is_object()) refuse(member, "is not an object");
  return Reader(found, name_of(member));
}

Reader Reader::first(std::string_view member) {
  const auto& found = json::member(*object_, member);
  const bool is_there = found.is_array() && !found.empty() && found.front().is_object();
  if (!is_there) refuse(member, "is not a list that begins with an object");
  return Reader(is_there ? found.front() : found, name_of(member) + "[0]");
}

std::vector<std::string> Reader::names(std::string_view member, std::size_t count, std::size_t limit,
                                       std::string_view key) {
  const auto& found = json::member(*object_, member);
  std::vector<std::string> values;
  if (!found.is_array() || found.size() > count) {
    refuse(member, "is not a list of at most " + std::to_string(count));
    return values;
  }
  for (const auto& item : found) {
    Reader reader(item, name_of(member) + "[]");
    values.push_back(reader.text(key, limit));
    take_fault(reader);
  }
  return values;
}

std::string Reader::text(std::string_view member, std::size_t limit, Presence presence) {
  const auto& found = json::member(*object_, member);
  if (found.is_null() && presence == Presence::optional) return {};
  if (!found.is_string()) {
    refuse(member, "is not a text");
    return {};
  }
  auto value = found.get<std::string>();
  if (value.size() > limit) refuse(member, "is longer than " + std::to_string(limit) + " bytes");
  if (value.find('\0') != std::string::npos) refuse(member, "holds a NUL");
  if (value.empty() && presence == Presence::required) refuse(member, "is empty");
  return value;
}

std::vector<std::string> Reader::texts(std::string_view member, std::size_t count, std::size_t limit) {
  const auto& found = json::member(*object_, member);
  std::vector<std::string> values;
  if (!found.is_array() || found.size() > count) {
    refuse(member, "is not a list of at most " + std::to_string(count));
    return values;
  }
  for (const auto& item : found) {
    if (!item.is_string() || item.get_ref<const std::string&>().size() > limit ||
        item.get_ref<const std::string&>().find('\0') != std::string::npos) {
      refuse(member, "holds something else than short texts");
      return values;
    }
    values.push_back(item.get<std::string>());
  }
  return values;
}

std::int64_t Reader::number(std::string_view member) {
  const auto value = json::integer(*object_, member);
  if (value <= 0) refuse(member, "is not a positive number");
  return value;
}

TimePoint Reader::time(std::string_view member) {
  const auto at = parse_time(text(member, 64));
  if (!at) refuse(member, "is not an RFC 3339 time");
  return at.value_or(TimePoint());
}

bool Reader::boolean(std::string_view member, Presence presence) {
  const auto& found = json::member(*object_, member);
  if (found.is_null() && presence == Presence::optional) return false;
  if (!found.is_boolean()) refuse(member, "is not true or false");
  return found.is_boolean() && found.get<bool>();
}

std::string Reader::sha(std::string_view member) {
  auto value = text(member, 40);
  if (value.size() != 40 || value.find_first_not_of("0123456789abcdef") != std::string::npos) {
    refuse(member, "is not a SHA of 40 lower-case hex digits");
  }
  return value;
}

}  // namespace greenroom::hosts
