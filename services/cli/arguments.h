#pragma once
// What a command was given, already checked against what it declared.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace greenroom::cli {

class Arguments {
 public:
  std::map<std::string, std::vector<std::string>, std::less<>> values;  // by declared name, without dashes

  bool given(std::string_view name) const { return values.contains(name); }
  std::string text(std::string_view name, std::string otherwise = "") const {
    const auto found = values.find(name);
    return found == values.end() || found->second.empty() ? otherwise : found->second.front();
  }
  std::vector<std::string> list(std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::vector<std::string>{} : found->second;
  }
};

}  // namespace greenroom::cli
