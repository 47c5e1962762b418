#include <stdexcept>

#include "lib/bot/behaviour.h"
#include "tests/markdown/kinds.h"

namespace greenroom::testing {
namespace {

using bot::Context;
using model::EventKind;
using Permission = hosts::Permission;

const TimePoint kNow{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
const std::string kHead(40, 'a');

// One thing that happened, and what the bot knew.
struct Scene {
  model::Event event;
  Context context;
};

// Maya, who is new here, opens a change.
Scene opened(const Words& words) {
  Scene scene;
  auto& event = scene.event;
  event.kind = EventKind::change_opened;
  event.at = kNow;
  event.repository = {"local", 1, words.repository, "main"};
  event.actor = {2, words.login, words.name, model::Account::Kind::person};
  event.change = model::ChangeFacts{7,     words.message,        words.message, words.path, "main",
                                    kHead, std::string(40, 'b'), event.actor,   false,      false};
  scene.context.now = kNow;
  scene.context.first_change = true;
  scene.context.author = model::Person{model::PersonId{20}, "local", 2, words.login, words.name};
  scene.context.actor = scene.context.author;
  return scene;
}

model::Buddy buddy_of(const Words& words) {
  model::Buddy buddy;
  buddy.person = {model::PersonId{31}, "local", 31, words.login, words.name};
  buddy.knows = {words.path, words.path};
  return buddy;
}

// Maya writes a command below it.
Scene asked(const Words& words, const std::string& verb, const std::string& arguments = "") {
  auto scene = opened(words);
  scene.event.kind = EventKind::comment_created;
  scene.event.comment = model::CommentFacts{99, words.message, "", model::CommentFacts::Place::change, ""};
  scene.context.commands = {{verb, arguments}};
  return scene;
}

Scene by_a_stranger(Scene scene) {
  scene.event.actor.host_account_id = 77;
  scene.context.actor->id = model::PersonId{78};
  return scene;
}

Scene on_an_issue(Scene scene) {
  scene.event.change.reset();
  scene.event.issue = model::IssueFacts{5, scene.event.comment->body, "", scene.event.actor, {}};
  scene.event.comment->place = model::CommentFacts::Place::issue;
  return scene;
}

Scene closed(Scene scene) {
  scene.context.change_open = false;
  return scene;
}

Scene with_right(Scene scene, Permission permission) {
  scene.context.actor_permission = permission;
  return scene;
}

Scene with_buddy(Scene scene, const Words& words) {
  scene.context.roster = {buddy_of(words)};
  return scene;
}

// What the one behaviour says or puts into the living comment.
Body text_of(const char* behaviour, const Scene& scene) {
  for (const auto& one : bot::all_behaviours()) {
    if (one.name != behaviour) continue;
    for (const auto& decision : one.decide(scene.event, scene.context)) {
      if (const auto* say = std::get_if<model::Say>(&decision)) return {say->markdown, {}};
      if (const auto* section = std::get_if<model::SetSection>(&decision)) return {section->markdown, {}};
    }
  }
  throw std::logic_error(std::string(behaviour) + " says nothing");
}

Body join_section(const Words& w) {
  auto scene = opened(w);
  scene.context.trust.merged_changes = 3;
  return text_of("approval", scene);
}

Body everything_waits(const Words& w) {
  auto scene = opened(w);
  scene.context.approval.required = bot::ApprovalRule::Required::everything;
  return text_of("approval", scene);
}

Body nobody_free(const Words& w) {
  auto scene = with_buddy(opened(w), w);
  scene.context.roster[0].current_load = 9;
  return text_of("buddy", scene);
}

Body asked_by_name(const Words& w, int load, bool away) {
  auto scene = with_buddy(asked(w, "buddy", "@" + w.login), w);
  scene.context.roster[0].current_load = load;
  if (away) scene.context.roster[0].away_until = kNow + std::chrono::hours(48);
  return text_of("buddy", scene);
}

Body nobody_of_that_name(const Words& w) {
  auto scene = with_buddy(asked(w, "buddy", "@" + w.login), w);
  scene.context.roster[0].person.login = "somebody else";
  return text_of("buddy", scene);
}

Body away_without_a_day(const Words& w) {
  auto scene = with_buddy(asked(w, "buddy", "away until " + w.message), w);
  scene.context.actor->id = model::PersonId{31};
  return text_of("buddy", scene);
}

}  // namespace

const std::vector<Kind>& bot_kinds() {
  static const std::vector<Kind> kinds{
      {"welcome", "summary", [](const Words& w) { return text_of("welcome", opened(w)); }},
      {"approval_tests", "summary", [](const Words& w) { return text_of("approval", opened(w)); }},
      {"approval_everything", "summary", everything_waits},
      {"approval_join", "summary", join_section},
      {"approval_refused", "say/ok-to-test/by/77",
       [](const Words& w) { return text_of("approval", asked(w, "ok-to-test")); }},
      {"approval_of_another_push", "say/ok-to-test/99",
       [](const Words& w) {
         return text_of("approval", with_right(asked(w, "ok-to-test", w.message), Permission::write));
       }},
      {"buddy", "summary", [](const Words& w) { return text_of("buddy", with_buddy(opened(w), w)); }},
      {"buddy_nobody_free", "summary", nobody_free},
      {"buddy_by_name", "summary", [](const Words& w) { return asked_by_name(w, 0, false); }},
      {"buddy_by_name_full", "summary", [](const Words& w) { return asked_by_name(w, 9, false); }},
      {"buddy_by_name_away", "summary", [](const Words& w) { return asked_by_name(w, 0, true); }},
      {"buddy_nobody_of_that_name", "say/buddy/99", nobody_of_that_name},
      {"buddy_away_of_a_stranger", "say/buddy/99",
       [](const Words& w) { return text_of("buddy", asked(w, "buddy", "away until " + w.message)); }},
      {"buddy_away_without_a_day", "say/buddy/99", away_without_a_day},
      {"buddy_on_an_issue", "say/buddy/99",
       [](const Words& w) { return text_of("buddy", on_an_issue(asked(w, "buddy"))); }},
      {"buddy_asked_by_a_stranger", "say/buddy/99",
       [](const Words& w) { return text_of("buddy", by_a_stranger(asked(w, "buddy"))); }},
      {"buddy_of_a_closed_change", "say/buddy/99",
       [](const Words& w) { return text_of("buddy", closed(asked(w, "buddy"))); }},
      {"buddy_other_words", "say/buddy/99",
       [](const Words& w) { return text_of("buddy", asked(w, "buddy", "please " + w.message)); }},
      {"good_first_issue", "say/good-first-issue/criteria",
       [](const Words& w) {
         return text_of("good_first_issue",
                        with_right(on_an_issue(asked(w, "good-first-issue", w.message)), Permission::triage));
       }},
      {"good_first_issue_on_a_change", "say/good-first-issue/99",
       [](const Words& w) { return text_of("good_first_issue", asked(w, "good-first-issue", w.message)); }},
      {"good_first_issue_refused", "say/good-first-issue/99",
       [](const Words& w) { return text_of("good_first_issue", on_an_issue(asked(w, "good-first-issue"))); }},
      {"help", "say/help/99", [](const Words& w) { return text_of("help", asked(w, "help", w.message)); }},
      {"help_slip", "say/unknown/99", [](const Words& w) { return text_of("help", asked(w, "hepl", w.message)); }},
      {"run_refused", "say/run/99",
       [](const Words& w) { return text_of("review", by_a_stranger(asked(w, "run", w.message))); }},
      {"run_of_a_closed_change", "say/run/99",
       [](const Words& w) { return text_of("review", closed(asked(w, "run", w.message))); }},
  };
  return kinds;
}

}  // namespace greenroom::testing
