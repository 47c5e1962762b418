#pragma once
// Secret holds a token or key. It prints as *** and gives its bytes only through reveal().

#include <ostream>
#include <string>
#include <utility>

namespace greenroom {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }  // never log, never argv, never a URL
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

inline std::ostream& operator<<(std::ostream& out, const Secret&) { return out << "***"; }

}  // namespace greenroom
