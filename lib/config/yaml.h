#pragma once
// A nested YAML mapping as dotted keys with their lines. yaml-cpp stays in yaml.cc.

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::config {

struct Entry {
  std::string name;   // "webhook.listen"
  std::string value;  // a sequence's items are joined with ','
  int line = 0;       // 1-based
};

// Hostile input: at most 64 KiB, 8 levels, 512 entries, which also bounds what aliases can grow into.
// Errors: user_fault with the line and what to write instead.
Result<std::vector<Entry>> read_yaml(std::string_view text, const std::string& file);

}  // namespace greenroom::config
