#pragma once
// A GitHub that keeps its own rules, with one App installed on one repository: maya may read, ben may write.

#include <memory>
#include <string>

#include "lib/hosts/github/host.h"
#include "tests/conformance/host_contract.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_github/fake_github.h"

namespace greenroom::testing {

class GithubGround : public HostGround {
 public:
  static constexpr std::int64_t kRepository = 501, kMaya = 21, kBen = 22;

  GithubGround();
  ~GithubGround() override;  // fails the test when a request was no request of GitHub's
  FakeGithub& github() { return github_; }
  FakeClock& clock() { return clock_; }
  std::int64_t installation() const { return installation_; }
  void use(const hosts::github::Options& options);
  hosts::github::Options app() const;

  hosts::Host& host() override { return *host_; }
  model::Target change() override { return {{}, "github", kRepository, model::Target::Kind::change, change_}; }
  model::Target issue() override { return {{}, "github", kRepository, model::Target::Kind::issue, issue_}; }
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
  int deeds() override;

 private:
  FakeClock clock_;
  FakeGithub github_;
  std::unique_ptr<hosts::Host> host_;
  std::int64_t installation_ = 0, change_ = 0, issue_ = 0;
};

}  // namespace greenroom::testing
