#pragma once
// A GitLab that keeps its own rules, with one project: maya may read, ben may write, the bot maintains it.

#include <memory>
#include <string>

#include "lib/hosts/gitlab/host.h"
#include "tests/conformance/host_contract.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_gitlab/fake_gitlab.h"

namespace greenroom::testing {

class GitlabGround : public HostGround {
 public:
  static constexpr std::int64_t kProject = 501, kMaya = 21, kBen = 22, kBot = 30;
  using Kind = gitlab::Item::Kind;

  explicit GitlabGround(bool several_assignees = true);
  ~GitlabGround() override;  // fails the test when a request was no request of GitLab's
  FakeGitlab& gitlab() { return gitlab_; }
  FakeClock& clock() { return clock_; }
  void use(const hosts::gitlab::Options& options);
  hosts::gitlab::Options options() const { return options_; }
  std::int64_t change_number() const { return change_; }
  std::int64_t issue_number() const { return issue_; }

  hosts::Host& host() override { return *host_; }
  model::Target change() override { return {{}, "gitlab", kProject, model::Target::Kind::change, change_}; }
  model::Target issue() override { return {{}, "gitlab", kProject, model::Target::Kind::issue, issue_}; }
  std::string head() override { return std::string(40, 'a'); }
  std::int64_t person() override { return kMaya; }
  std::int64_t maintainer() override { return kBen; }
  std::string person_comments(const model::Target& target, const std::string& body) override;
  void person_replies(const std::string& thread, const std::string& body) override;
  void person_resolves(const std::string& thread) override;
  void person_reopens(const std::string& thread) override;
  void person_deletes(const std::string& comment) override;
  std::int64_t person_opens_issue() override;
  void maintainer_labels(std::int64_t issue, const std::string& label) override;
  void maintainer_unlabels(std::int64_t issue, const std::string& label) override;
  void person_closes_issue(std::int64_t issue) override;
  std::pair<int, int> anchor_of(const std::string& thread) override;
  std::string meaning_of_last_webhook() override;
  bool tells_of_threads() override { return false; }
  int deeds() override { return static_cast<int>(gitlab_.ledger().size()); }

 private:
  FakeClock clock_;
  FakeGitlab gitlab_;
  hosts::gitlab::Options options_;
  std::unique_ptr<hosts::Host> host_;
  std::int64_t change_ = 0, issue_ = 0;
};

}  // namespace greenroom::testing
