#pragma once
// Where a crash test may kill this process: $GREENROOM_CRASH_AT=<point> ends it there with _exit(137), as SIGKILL
// would. Points: woken, claimed, fetched, begun, in_checks, before_report, reported, before_cancel, before_give_back.

#include <string_view>

namespace greenroom::work {

void crash_point(std::string_view point);

}  // namespace greenroom::work
