#pragma once
// A Gitea, or a Forgejo, that keeps its own rules, with one repository: the bot is its administrator, maya may read,
// ben may write. Every deed of a person takes a second.

#include <memory>
#include <string>

#include "lib/hosts/gitea/host.h"
#include "tests/conformance/host_contract.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_gitea/fake_gitea.h"

namespace greenroom::testing {

class GiteaGround : public HostGround {
 public:
  static constexpr std::int64_t kRepository = 501, kBot = 20, kMaya = 21, kBen = 22;

  explicit GiteaGround(FakeGiteaOptions options = {});
  explicit GiteaGround(gitea::Flavour flavour);
  ~GiteaGround() override;  // fails the test when a request was no request of the host's
  FakeGitea& gitea() { return gitea_; }
  FakeClock& clock() { return clock_; }
  hosts::gitea::Options options() const;
  void use(const hosts::gitea::Options& options);

  hosts::Host& host() override { return *host_; }
  model::Target change() override { return {{}, "gitea", kRepository, model::Target::Kind::change, change_}; }
  model::Target issue() override { return {{}, "gitea", kRepository, model::Target::Kind::issue, issue_}; }
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
  bool has_ranges() override { return flavour_ == gitea::Flavour::forgejo; }
  bool tells_of_threads() override { return false; }
  std::string meaning_of_last_webhook() override;
  int deeds() override { return static_cast<int>(gitea_.ledger().size()); }

 private:
  gitea::Flavour flavour_;
  FakeClock clock_;
  FakeGitea gitea_;
  std::string token_;
  std::unique_ptr<hosts::Host> host_;
  std::int64_t change_ = 0, issue_ = 0;
};

}  // namespace greenroom::testing
