#pragma once
// Whose turn it is on a change: who is waited for, and since when. Pure. The rules, the first that fits:
//   1. A closed change waits for nobody, and one that is being checked for the checks.
//   2. A question of the author stands until a person of the project writes something, whatever is pushed meanwhile:
//      the project's turn. lib/command/question.h and intake/record_reply.sql say what a question is, and whose words
//      are the project's.
//   3. While a check of the head leaves the author something to do, it is the author's turn. Their plain comments do
//      not move it.
//   4. While checks wait until somebody of the project has seen the code, it is the project's, whatever else they say.
//   5. Otherwise it is the turn of whoever did not act last.
// docs/whose-turn.md says it for people.

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
  std::optional<TimePoint> open_question;       // the author's oldest that no person of the project answered
  std::optional<TimePoint> last_project_reply;  // by a person who is not the author
  bool waiting = false;                         // a check of the head waits for an approval
};

enum class Side { nobody, greenroom, author, project };

struct Turn {
  Side side = Side::nobody;
  TimePoint since;
};
Turn turn_of(const TurnFacts& facts);

}  // namespace greenroom::web
