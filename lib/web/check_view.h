#pragma once
// Inside of lib/web: one check in a list, and all of them in one line. Pure.

#include <cstdint>
#include <string>

#include "lib/model/check.h"
#include "lib/model/ids.h"
#include "lib/web/view.h"

namespace greenroom::web {

void fill_check(View& view, const model::CheckResult& check, model::JobId job);

struct CheckCounts {  // of the newest job of the head
  bool checking = false;
  std::int64_t failed = 0, attention = 0, passed = 0;
  std::int64_t ours = 0;     // errored or incomplete
  std::int64_t waiting = 0;  // until somebody of the project has seen the code
};
struct CheckWords {
  std::string words, tone;
};
// "1 check failed, 2 have something to look at, 1 did not finish": what the author can act on comes first and is never
// left out for what is a fault of ours. The tone is that of the first.
CheckWords words_for(const CheckCounts& counts);

}  // namespace greenroom::web
