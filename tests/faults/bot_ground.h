#pragma once
// A database, the practice host in it, and real bot processes. The test plays the webhook and the runner.

#include <memory>
#include <string>
#include <vector>

#include "lib/http/client.h"
#include "lib/model/event.h"
#include "tests/line/child.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_database.h"

namespace greenroom::testing {

class BotGround {
 public:
  BotGround();

  // Starts a bot and waits until it is ready or has ended. `crash_at`: dies at that point.
  std::unique_ptr<Child> start(const std::string& crash_at = "", const std::string& configuration = "bot.yml");
  std::string log_of(const Child& bot) const;
  // True when it died by SIGKILL within the patience of a test.
  static bool was_killed(Child& bot);

  // What the author does, seen by webhook: opens, pushes, merges.
  void push(const std::string& head, model::EventKind kind);
  void comment_on_issue(const std::string& body);
  void comment_on_issue_unheard(const std::string& body);  // its webhook is lost
  void deliver_garbage();
  // The runner's part: every queued job ends with one finding of this fingerprint.
  void finish_jobs(const std::string& fingerprint);

  // Ends the leases of a killed bot rather than waiting for them; while no other bot runs. First its last statements
  // end: Postgres finishes what a client asked before it died, which is what a real lease leaves time for.
  bool end_leases_of_the_dead();
  // Nothing left to do. Pauses between attempts are ended rather than waited for.
  bool settles();
  std::string answer(const std::string& sql) { return database_.answer(sql); }
  int count(const std::string& from) { return std::stoi(answer("SELECT count(*) AS answer FROM " + from)); }
  void assert_nothing_lost_and_nothing_twice();

  TestDatabase& database() { return database_; }
  // Where its bots answer their probes; only bots that run alone can have the one port.
  http::Response ask(const std::string& path);
  const std::string& directory() const { return directory_.path(); }

 private:
  void deliver(const model::Event& event);

  TestDatabase database_;
  TempDirectory directory_;
  const std::string listen_;
  int starts_ = 0;
};

}  // namespace greenroom::testing
