#pragma once
// What people read about a check: what it looks at, why the project runs it, how to run it at home. One row a check.

#include <string_view>

#include "lib/model/check.h"

namespace greenroom::checks {

struct Words {
  std::string_view name;
  model::CheckKind kind;
  std::string_view what, why;
};

const Words& words_of(std::string_view check);  // a name that is not in the table throws std::logic_error

}  // namespace greenroom::checks
