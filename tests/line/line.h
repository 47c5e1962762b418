#pragma once
// The whole line for one test: a database, a Redis, the practice host with one repository, and the real webhook, bot,
// runner and dashboard processes, all in a folder of their own. Everything is stopped and removed at the end.
//
//   Line line;                                   // starts all four services and waits until they are ready
//   line.seed({{"src/a.py", "…"}});              // main branch
//   auto change = line.push("maya/first", {{"src/a.py", "…"}});
//   line.settle();                               // until nothing is left to do
//   EXPECT_THAT(line.summary(change), HasSubstr("…"));

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/pg/pg.h"
#include "tests/line/child.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_database.h"

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
    std::map<std::string, std::map<std::string, std::string>>
        configuration;               // service → key of a section of its own → value
    std::string index;               // environments.index; empty: no environment is built from one
    std::string approval = "never";  // approval.required: Maya, who pushes, is new to the project
    bool own_postgres = false;       // a cluster that the test may stop
  };
  Line() : Line(Options()) {}
  explicit Line(Options options);
  ~Line();

  // --- processes -----------------------------------------------------------------------------------------------
  void start(const std::string& service, const std::map<std::string, std::string>& environment = {});
  void signal(const std::string& service, int number);
  bool wait_exit(const std::string& service, std::chrono::seconds patience);
  int pid(const std::string& service) const { return services_.at(service)->pid(); }
  void flush_redis();
  void stop_redis();
  void start_redis();
  void restart_postgres();

  // --- the author ----------------------------------------------------------------------------------------------
  void seed(const Files& files);
  void seed_from(const std::string& directory);  // copies a real project
  // Commits on top of the branch (made from main when new) and pushes it as Maya. Returns the change's number.
  std::int64_t push(const std::string& branch, const Files& files, const std::string& subject = "Change");
  // The two halves of a push, for whoever measures one of them.
  void commit(const std::string& branch, const Files& files, const std::string& subject = "Change");
  std::int64_t publish(const std::string& branch) { return push_head(branch, false); }
  std::int64_t force_push(const std::string& branch, const Files& files, const std::string& subject = "Change");
  void delete_branch(const std::string& branch);  // at the host, which closes its change
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
  std::vector<std::string> ledger();                                 // "create_comment summary", in order
  std::int64_t count(std::string_view sql);                          // SELECT count(*) AS value …: for invariants
  std::string text(std::string_view sql);                            // the column "value" of the first row
  void assert_invariants();                                          // I1, I2, I5 as SQL

  const std::string& directory() const { return directory_.path(); }
  int dashboard_port() const { return dashboard_port_; }  // on 127.0.0.1
  pg::Connection& database() { return *connection_; }

 private:
  std::string path(std::string_view name) const;  // below directory()
  void make_database();
  void start_postgres();
  void connect();
  void write_configuration();
  void write_config(const std::string& service, const std::string& text);
  std::map<std::string, std::string> environment_of(const std::string& service) const;
  std::string cli(
      const std::vector<std::string>& words);  // `greenroom …` as the administrator; fails the test on error
  std::string git(const std::vector<std::string>& words, const std::string& login = "maya");
  void commit_all(const std::string& subject);
  std::int64_t push_head(const std::string& branch, bool force);
  void on_branch(const std::string& branch);
  void write(const Files& files);
  pg::Rows rows(std::string_view sql, const pg::Params& params = {});
  std::string failure_report();  // what is left to do, and the end of every log

  Options options_;
  TempDirectory directory_;
  std::optional<TestDatabase> database_;
  std::unique_ptr<Child> postgres_;
  std::unique_ptr<Child> redis_;
  std::string conninfo_;
  std::unique_ptr<pg::Connection> connection_;
  std::map<std::string, std::unique_ptr<Child>> services_;
  int webhook_port_ = 0, dashboard_port_ = 0;
  std::uint64_t queries_ = 0;
};

}  // namespace greenroom::testing
