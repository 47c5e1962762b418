#pragma once
// Reads members of hostile JSON objects one by one and remembers the first that is wrong, by its path. Inner to
// lib/hosts/local.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/json/json.h"

namespace greenroom::hosts::local {

enum class Presence { required, optional };

class Reader {
 public:
  Reader(const json::Value& object, std::string path) : object_(&object), path_(std::move(path)) {}

  bool has(std::string_view member) const;
  Reader object(std::string_view member);
  // At most `limit` bytes and no NUL; "" when an optional one is absent.
  std::string text(std::string_view member, std::size_t limit, Presence presence = Presence::required);
  std::vector<std::string> texts(std::string_view member, std::size_t count, std::size_t limit);
  std::int64_t number(std::string_view member);  // positive
  bool boolean(std::string_view member);
  std::string sha(std::string_view member);  // 40 lower-case hex digits

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

}  // namespace greenroom::hosts::local
