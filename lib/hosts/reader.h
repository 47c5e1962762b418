#pragma once
// Reads members of hostile JSON objects one by one and remembers the first that is wrong, by its path. For the
// payloads of git hosts.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/json/json.h"

namespace greenroom::hosts {

enum class Presence { required, optional };

class Reader {
 public:
  Reader(const json::Value& object, std::string path) : object_(&object), path_(std::move(path)) {}

  bool has(std::string_view member) const;
  Reader object(std::string_view member);
  // At most `limit` bytes and no NUL; "" when an optional one is absent.
  std::string text(std::string_view member, std::size_t limit, Presence presence = Presence::required);
  Reader first(std::string_view member);  // the first object of a list
  // Of a list of objects, the `name` of each, or what `key` says.
  std::vector<std::string> names(std::string_view member, std::size_t count, std::size_t limit,
                                 std::string_view key = "name");
  std::vector<std::string> texts(std::string_view member, std::size_t count, std::size_t limit);
  std::int64_t number(std::string_view member);                                   // positive
  TimePoint time(std::string_view member);                                        // RFC 3339
  bool boolean(std::string_view member, Presence presence = Presence::required);  // false when absent
  std::string sha(std::string_view member);                                       // 40 lower-case hex digits

  void refuse(std::string_view member, std::string_view what);
  void take_fault(const Reader& inner) {
    if (fault_.empty()) fault_ = inner.fault_;
  }
  bool ok() const { return fault_.empty(); }
  Result<void> result() const;

 private:
  std::string name_of(std::string_view member) const;
  const json::Value* object_;
  std::string path_;
  std::string fault_;  // the first one
};

}  // namespace greenroom::hosts
