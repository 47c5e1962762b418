#pragma once
// One structured line per event, on standard error, through spdlog: time, level, event, key=value.
// Thread-safe. Never pass a Secret's reveal(); values are scrubbed to one line of valid UTF-8.

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

#include "lib/base/error.h"

namespace greenroom::log {

struct Field {
  std::string key;
  std::string value;
  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(v) {}
  Field(std::string_view k, const Error& v) : key(k), value(v.describe()) {}
  template <std::integral T>
  Field(std::string_view k, T v) : key(k), value(std::to_string(v)) {}
};
using Fields = std::initializer_list<Field>;

// Call once in main before any thread. `service` stands in every line; `level` is debug|info|warn|error.
void start(std::string_view service, std::string_view level = "info");

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

}  // namespace greenroom::log
