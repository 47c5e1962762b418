#pragma once
// The bot's rooms over a real database and the fake GitHub: a change by Maya whose file has six lines.

#include <algorithm>
#include <map>

#include "lib/hosts/github/host.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {

using testing::FakeGithub;
using testing::FakeGithubOptions;
using testing::fake::Fault;

inline constexpr std::int64_t kRepository = 501;

class GithubPosting : public BotTest {
 protected:
  GithubPosting() : github(options()) {
    github.add_user("studio", 20);
    github.add_user("maya", 21);
    github.add_repository("studio", "pipeline", kRepository);
    github.add_installation("studio");
    const auto base = github.add_commit(kRepository, "", {{"src/a.py", "import os\n"}});
    github.set_branch(kRepository, "main", base);
    FakeGithub::NewPull pull;
    pull.head_sha =
        github.add_commit(kRepository, base, {{"src/a.py", "import os\nimport sys\n\n\nx = 1\ny = 2\n"}}, kFirstHead);
    number = github.person_opens_pull(kRepository, "maya", pull);
    hosts::github::Options how;
    how.api_url = github.url();
    how.dashboard_url = settings_.dashboard_url;
    how.app_id = FakeGithubOptions().app_id;
    how.private_key = Secret(testing::app_key().private_pem);
    hosts_["github"] = std::make_unique<hosts::github::GithubHost>(how, clock_);
    take_webhook();
  }
  FakeGithubOptions options() const {
    FakeGithubOptions options;
    options.app_public_key = testing::app_key().public_pem;
    options.clock = &clock_;
    return options;
  }
  void take_webhook() {
    const auto sent = github.last_webhook();
    const pg::Query insert{"test/deliver_webhook",
                           "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) "
                           "VALUES (repeat('a', 32), 'github', $1, $2, $3)"};
    const auto rows = database_.connection().run(insert, {sent.guid, sent.event, pg::Bytes{sent.body}});
    ASSERT_TRUE(rows) << rows.error().describe();
    take_all();
  }
  void inject(Fault::What what, const std::string& method, const std::string& path, int count) {
    Fault fault;
    fault.what = what;
    fault.method = method;
    fault.path = path;
    fault.count = count;
    github.inject(fault);
  }
  std::string open_effects() {
    return answer("SELECT count(*) AS answer FROM effect WHERE state IN ('pending', 'sending', 'in_doubt')");
  }
  // The next bot, after the lease: it gets through with the effect over which the other one died.
  void recover_one() {
    Sender sender(pool_, hosts_, settings_, clock_, [](std::string_view) {});
    const auto open = open_effects();
    for (int i = 0; i < 5 && open_effects() == open && open != "0"; ++i) {
      end_leases();
      ASSERT_TRUE(sender.send_one());
    }
  }
  // As often as it takes, with the pauses in between over.
  void post_whatever_happens(const std::string& crash_at) {
    for (int attempt = 0; attempt < 60; ++attempt) {
      try {
        post_all(crash_at);
      } catch (const Crash&) {
        ++deaths;
        recover_one();
      }
      end_leases();
      clock_.advance(std::chrono::minutes(2));
      if (open_effects() == "0" && answer("SELECT settled_version = wanted_version AS answer FROM review") == "t")
        return;
    }
    FAIL() << "it never gets done: "
           << answer(
                  "SELECT string_agg(key || ' ' || coalesce(error, ''), ', ') AS answer FROM effect "
                  "WHERE state <> 'done'");
  }
  // Three pushes of notes: two threads in the end, both resolved, and one living comment edited twice.
  void three_rounds(const std::string& crash_at = "") {
    auto wanted = review_with_thread();
    for (int round = 0; round < 3; ++round) {
      wanted.summary = "### Round " + std::to_string(round) + "\n";
      if (round == 1) wanted.threads.push_back({"f2", "flake8/F841", "src/a.py", 5, 0, "**Use the name**"});
      if (round == 2) wanted.threads.clear(), wanted.live_fingerprints.clear();
      if (round == 1) wanted.live_fingerprints = {"f1", "f2"};
      want(wanted);
      post_whatever_happens(crash_at);
    }
  }
  std::map<std::string, int> deeds() const {
    std::map<std::string, int> counts;
    for (const auto& write : github.ledger())
      if (write.who != "app") ++counts[write.kind];
    return counts;
  }
  void expect_each_deed_once() {
    const std::map<std::string, int> once{{"check_run.create", 1},
                                          {"comment.create", 1},
                                          {"comment.edit", 2},
                                          {"review.comment", 2},
                                          {"thread.resolve", 2}};
    EXPECT_EQ(deeds(), once);
    EXPECT_EQ(github.unknown_routes(), std::vector<std::string>());
    EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE state <> 'done'"), "0");
  }

  FakeGithub github;
  std::int64_t number = 0;
  int deaths = 0;
};

}  // namespace greenroom::bot
