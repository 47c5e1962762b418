#pragma once
// Whose turn it is on a change: who is waited for, and since when. Pure.

#include <optional>
#include <string>

#include "lib/base/clock.h"

namespace greenroom::web {

struct TurnFacts {
  bool open = true;
  bool checking = false;   // a job for the head is not finished
  bool attention = false;  // a check of the head left the author something to do
  TimePoint last_push;     // or when the change was opened
  std::optional<TimePoint> last_author_reply;
  std::optional<TimePoint> last_project_reply;  // by a person who is not the author
};

enum class Side { nobody, greenroom, author, project };

struct Turn {
  Side side = Side::nobody;
  TimePoint since;
};
Turn turn_of(const TurnFacts& facts);

}  // namespace greenroom::web
