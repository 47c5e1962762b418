#pragma once
// Whole events of the practice host, for the tests of this folder.

#include "lib/model/event.h"

namespace greenroom::hosts {

inline model::Event change_event(model::EventKind kind = model::EventKind::change_opened) {
  model::Event event;
  event.kind = kind;
  event.at = TimePoint(std::chrono::microseconds(1'767'225'600'123'456));
  event.repository = {"local", 7, "studio/pipeline", "main"};
  event.actor = {12, "maya", "Maya", model::Account::Kind::person};
  event.change = model::ChangeFacts{3,
                                    "Collect shots",
                                    "First try.\n",
                                    "maya/first",
                                    "main",
                                    std::string(40, 'a'),
                                    std::string(40, 'b'),
                                    event.actor,
                                    false,
                                    true};
  return event;
}

inline model::Event comment_event(model::EventKind kind = model::EventKind::comment_created) {
  auto event = change_event(kind);
  event.comment = model::CommentFacts{99, "/run", "/help", model::CommentFacts::Place::change, "t4"};
  return event;
}

inline model::Event issue_event(model::EventKind kind = model::EventKind::issue_labeled) {
  auto event = change_event(kind);
  event.change.reset();
  event.issue = model::IssueFacts{5, "Add a frame range", "…", event.actor, {"bug", "help wanted"}};
  event.label = "bug";
  return event;
}

}  // namespace greenroom::hosts
