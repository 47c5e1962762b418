#pragma once
// Stage 3 of the line: what a behaviour wants. Data, never a side effect.

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

struct RunChecks {     // queue a job for the event's head SHA; a job of the same head is not queued twice
  std::string reason;  // shown: "opened", "new push", "asked for by @ben"
  // waiting: only what waited for an approval; what ran already is kept
  enum class Which { all, waiting } which = Which::all;
};
struct ApproveHead {  // the event's actor has seen this head, and its code may run
  std::string head_sha;
};
struct CancelChecks {                                                // cancel unfinished jobs of the change
  std::string reason;                                                // shown on the cancelled job
  enum class Which { other_heads, all } which = Which::other_heads;  // other than the event's head
};
struct SetSection {     // one section of the change's living comment; empty markdown removes it
  std::string section;  // "welcome", "buddy": the behaviour's name
  std::string markdown;
};
struct Say {        // a comment of its own, once per key for ever; only where the living comment does not fit
  std::string key;  // unique within the change or issue: "good-first-issue/criteria"
  std::string markdown;
};
struct Unsay {  // remove our own comment with that key, if it stands and nobody answered it
  std::string key;
};
struct AddLabel {
  std::string label;
};
struct RemoveLabel {
  std::string label;
};
struct Acknowledge {};  // an eyes reaction on the event's comment
struct AssignBuddy {    // the one current buddy of the event's change
  PersonId buddy;
  std::string why;  // one line, shown collapsed
};
struct ReleaseBuddy {};            // the event's change has no buddy any more
struct SetAway {                   // the event's actor is no buddy of anybody new until then
  std::optional<TimePoint> until;  // nullopt: back again
};
struct RecordGreeting {};  // the author was greeted in this project: never again
struct SetTimer {          // a timer_due event, once per (change or issue, name); setting again moves it
  std::string name;
  std::chrono::seconds after{};
};
struct ClearTimer {
  std::string name;
};

using Decision = std::variant<RunChecks, ApproveHead, CancelChecks, SetSection, Say, Unsay, AddLabel, RemoveLabel,
                              Acknowledge, AssignBuddy, ReleaseBuddy, SetAway, RecordGreeting, SetTimer, ClearTimer>;
using Decisions = std::vector<Decision>;

}  // namespace greenroom::model
