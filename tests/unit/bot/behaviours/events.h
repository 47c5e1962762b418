#pragma once
// Plain events and contexts for behaviours: no database, no host.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/bot/behaviour.h"

namespace greenroom::bot {

inline const TimePoint kNow{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

inline model::Event change_event(model::EventKind kind = model::EventKind::change_opened) {
  model::Event event;
  event.kind = kind;
  event.at = kNow;
  event.repository = {"local", 1, "studio/pipeline", "main"};
  event.actor = {2, "maya", "Maya", model::Account::Kind::person};
  event.change = model::ChangeFacts{
      7,           "Collect shots", "",   "maya/first", "main", std::string(40, 'a'), std::string(40, 'b'),
      event.actor, false,           false};
  return event;
}

inline model::Event comment_event(const std::string& login = "maya", std::int64_t id = 2) {
  auto event = change_event(model::EventKind::comment_created);
  event.actor = {id, login, "", model::Account::Kind::person};
  event.comment = model::CommentFacts{99, "…", "", model::CommentFacts::Place::change, ""};
  return event;
}

inline model::Event issue_comment_event() {
  auto event = comment_event("ben", 3);
  event.change.reset();
  event.issue = model::IssueFacts{5, "Add a frame range", "", {4, "rosa", "", model::Account::Kind::person}, {}};
  event.comment->place = model::CommentFacts::Place::issue;
  return event;
}

inline Context newcomer() {
  Context context;
  context.now = kNow;
  context.first_change = true;
  context.author = model::Person{model::PersonId{20}, "local", 2, "maya", "Maya"};
  context.actor = context.author;
  return context;
}

inline Context asking(const std::string& verb, const std::string& arguments = "") {
  auto context = newcomer();
  context.commands = {{verb, arguments}};
  return context;
}

inline model::Buddy buddy(std::int64_t id, const std::string& name, int load = 0) {
  model::Buddy one;
  one.person = {model::PersonId{id}, "local", id, name, ""};
  one.current_load = load;
  return one;
}

template <class Decision>
const Decision* find(const model::Decisions& decisions) {
  for (const auto& decision : decisions) {
    if (const auto* found = std::get_if<Decision>(&decision)) return found;
  }
  return nullptr;
}

}  // namespace greenroom::bot
