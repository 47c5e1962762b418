#pragma once
// Gitea's API on loopback, for tests, or Forgejo's: over real HTTP, with the hosts' own rules. What a token wrote
// stands in a ledger; people act through person_…; a deed makes the webhook that the host would send, and none where it
// sends none. docs/testing.md lists the rules.
//
// Thread-safe. Time is the clock's. A deed that cannot be is a mistake of the test and throws std::logic_error.

#include <memory>
#include <string>
#include <vector>

#include "tests/support/fake_gitea/records.h"

namespace greenroom::testing {

struct FakeGiteaOptions {
  gitea::Flavour flavour = gitea::Flavour::gitea;
  std::string version = {};  // empty: "1.26.0", or "16.0.0+gitea-1.22.0"
  bool resolves = true;      // whether this Gitea has the routes that settle conversations; no Forgejo has
  std::string webhook_secret = "the webhook's own";
  const Clock* clock = nullptr;  // nullptr: the system's
};

class FakeGitea {
 public:
  using Id = gitea::Id;

  explicit FakeGitea(FakeGiteaOptions options = {});
  ~FakeGitea();
  FakeGitea(const FakeGitea&) = delete;
  FakeGitea& operator=(const FakeGitea&) = delete;

  std::string url() const;      // "http://127.0.0.1:40001"
  std::string api_url() const;  // the same with /api/v1

  // --- What stands there ---
  void add_user(const std::string& login, Id id);
  std::string add_token(const std::string& login);
  void add_repository(const std::string& owner, const std::string& name, Id id, bool is_private = true);
  void rename_repository(Id repository, const std::string& name);
  void set_role(Id repository, const std::string& login, gitea::Role role);
  void add_label(Id repository, const std::string& name);
  // The number of lines of a file of the head, for ranges.
  void set_lines(Id repository, const std::string& path, std::int64_t lines);

  // --- What people do; each gives the number or the id of what it made ---
  std::int64_t person_opens_pull(Id repository, const std::string& login, const std::string& head_sha);
  std::int64_t person_opens_issue(Id repository, const std::string& login, const std::string& title);
  Id person_comments(Id repository, std::int64_t number, const std::string& login, const std::string& body);
  Id person_reviews(Id repository, std::int64_t number, const std::string& login, const std::string& body,
                    const std::string& path = "", std::int64_t line = 0, const std::string& inline_body = "");
  void person_begins_review(Id repository, std::int64_t number, const std::string& login, const std::string& path,
                            std::int64_t line, const std::string& body);  // and does not submit it
  Id person_replies(Id comment, const std::string& login, const std::string& body);
  void person_resolves(Id comment, const std::string& login, bool resolved = true);
  void person_deletes(Id comment);
  void person_labels(Id repository, std::int64_t number, const std::string& login, const std::string& label, bool on);
  void person_closes(Id repository, std::int64_t number, const std::string& login);

  // --- What tokens did ---
  std::vector<gitea::Write> ledger() const;
  std::vector<gitea::Asked> requests() const;
  std::vector<std::string> unknown_routes() const;  // asked for, and neither in this fake nor left out by its flavour
  std::vector<gitea::Webhook> webhooks() const;
  std::vector<gitea::Row> rows(Id repository, std::int64_t number) const;
  gitea::Row row(Id id) const;
  std::vector<gitea::Review> reviews(Id repository, std::int64_t number) const;
  std::vector<gitea::Status> statuses(Id repository) const;

  // --- Faults ---
  void inject(gitea::Fault fault);
  int held() const;  // reviews that wait, see hold_midway
  void release();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::testing
