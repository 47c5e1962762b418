#pragma once
// Real bot processes over a GitHub that keeps its own rules and its own ledger: one App, one change of Maya's, one
// issue. The test puts effects into the database, as the planner does.

#include <memory>
#include <string>
#include <vector>

#include "lib/model/effect.h"
#include "tests/faults/bot_ground.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/support/test_redis.h"

namespace greenroom::testing {

class GithubBots {
 public:
  static constexpr std::int64_t kRepository = 501;

  // A bot has run until the change's first review stood, and ended.
  GithubBots();

  // One at a time. Returns when it is ready, or has died at the point.
  void start(const std::string& crash_at = "");
  void kill();  // as the machine would, and its leases are over
  bool dies();  // by itself, at the point; then its leases are over
  // The next one of many effects, all different: comments, threads, replies, edits, statuses, labels, reactions, …
  model::Effect next_effect();
  model::Effect next_effect(model::EffectKind kind);
  void want(const std::vector<model::Effect>& effects);
  // The host does what this effect asks, and its answer waits.
  void hold_answer_to(const model::Effect& effect);
  void hold_next_read(const std::string& path);
  // Maya asks for help on the issue, and no webhook of it arrives; the answer is one more thing that is wanted.
  void ask_unheard();
  bool holds() const;  // within a test's patience

  // Nothing open any more: with the pauses between attempts ended, or with them passing by themselves.
  bool settles() { return bots_.settles(); }
  bool answers_stand();  // as many as were asked for
  bool settles_by_itself();
  // Everything that was wanted stands on the host, written once, and nothing else was written.
  void expect_each_once();
  int writes() const;  // by the bot, so far
  std::string answer(const std::string& sql) { return bots_.answer(sql); }
  FakeGithub& github() { return github_; }

 private:
  std::int64_t thread_of_maya(const std::string& body);

  FakeGithub github_;
  TestRedis redis_;
  BotGround bots_;
  std::unique_ptr<Child> bot_;
  std::int64_t change_ = 0, issue_ = 0;
  std::int64_t repository_ = 0;  // our row of it
  int made_ = 0, writes_before_ = 0;
  std::vector<std::string> slots_;  // of what was wanted with a body
  int wanted_ = 0, asked_ = 0;
};

}  // namespace greenroom::testing
