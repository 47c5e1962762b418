#pragma once
// The whole line for one test: a database, a Redis, the practice host with one repository, and the real webhook, bot,
// runner and dashboard processes, all in a folder of their own. Everything is stopped and removed at the end.
//
//   Line line;                                   // starts all four services and waits until they are ready
//   line.seed({{"src/a.py", "…"}});              // main branch
//   auto change = line.push("maya/first", {{"src/a.py", "…"}});
//   line.settle(change);                         // until nothing is left to do
//   EXPECT_THAT(line.summary(change), HasSubstr("…"));

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/pg/pg.h"
#include "tests/support/database.h"
#include "tests/support/temp_directory.h"

namespace greenroom::testing {

using Files = std::map<std::string, std::optional<std::string>>;  // nullopt deletes the file

struct Thread {
  std::string path;
  int line = 0;
  bool resolved = false;
  std::string body;
};

class Line {
 public:
  struct Options {
    std::vector<std::string> services{"webhook", "bot", "runner", "dashboard"};
    std::map<std::string, std::string> configuration;  // "checks.disabled" → "pytest", for every service
    bool own_postgres = false;                          // a cluster that the test may stop
  };
  Line() : Line(Options()) {}
  explicit Line(Options options);
  ~Line();

  // --- processes -----------------------------------------------------------------------------------------------
  void start(const std::string& service, const std::map<std::string, std::string>& environment = {});
  void signal(const std::string& service, int number);
  bool wait_exit(const std::string& service, std::chrono::seconds patience);
  void flush_redis();
  void stop_redis();
  void start_redis();
  void restart_postgres();

  // --- the author ----------------------------------------------------------------------------------------------
  void seed(const Files& files);
  void seed_from(const std::string& directory);  // copies a real project
  // Commits on top of the branch (made from main when new) and pushes it as Maya. Returns the change's number.
  std::int64_t push(const std::string& branch, const Files& files, const std::string& subject = "Change");
  std::int64_t force_push(const std::string& branch, const Files& files, const std::string& subject = "Change");
  void rename(const std::string& branch, const std::string& from, const std::string& to);  // staged for the next push
  std::string head(const std::string& branch);
  void comment(std::int64_t change, const std::string& login, const std::string& body);

  // --- waiting and reading -------------------------------------------------------------------------------------
  // Until every delivery is settled, every job final, every review and effect settled. Fails the test after `patience`.
  void settle(std::chrono::seconds patience = std::chrono::seconds(90));
  bool wait_until(std::string_view sql_true, std::chrono::seconds patience = std::chrono::seconds(60));
  std::string summary(std::int64_t change);
  std::vector<Thread> threads(std::int64_t change);
  std::map<std::string, std::string> statuses(std::int64_t change);  // context → state, of the newest head
  std::vector<std::string> ledger();                                  // "create_comment summary", in order
  std::int64_t count(std::string_view sql);                           // SELECT count(*) …: for invariants
  std::string text(std::string_view sql);
  void assert_invariants();                                           // I1, I2, I5 as SQL

  const std::string& directory() const { return directory_.path(); }
  pg::Connection& database() { return *connection_; }

 private:
  struct Service {
    int pid = 0;
    std::string log;
  };
  void write_configuration();
  void seed_accounts();
  void git(const std::vector<std::string>& words);
  void checkout(const std::string& branch);
  void write(const Files& files);
  std::int64_t change_of(const std::string& branch);
  std::string environment_file() const;

  Options options_;
  TempDirectory directory_;
  std::optional<TestDatabase> database_;
  std::unique_ptr<pg::Connection> connection_;
  std::map<std::string, Service> services_;
  int redis_pid_ = 0;
  std::string postgres_;  // conninfo
  std::int64_t repository_ = 0;
};

}  // namespace greenroom::testing
