#pragma once
// Inside of lib/web: one check in a list. Pure.

#include "lib/model/check.h"
#include "lib/model/ids.h"
#include "lib/web/view.h"

namespace greenroom::web {

void fill_check(View& view, const model::CheckResult& check, model::JobId job);

}  // namespace greenroom::web
