#pragma once
// GitLab's API on loopback, for tests: version 4 over real HTTP, with the host's own rules about who may do what,
// positions, pages, limits and states. What a token wrote stands in a ledger; people act through person_…; every deed
// makes the webhook that the real host would send.
//
// Rules it keeps (docs.gitlab.com, "REST API"; GitLab's own sources):
//   a position is of one version's three SHAs; an added line has new_line alone, an unchanged one both; else 400
//   settling a thread moves no time of the merge request and leaves no event; words, labels and states do
//   a status that repeats its state cannot: 400; one for a SHA that is on no branch needs a ref: 404
//   words that are one quick action make no note: 202 without an id
//   an award that stands already: 404; a person who cannot be assigned is left out without a word
//   without several_assignees the first one counts alone
//   maintainers may edit and delete what others wrote
//   20 rows a page, 100 at most, X-Next-Page; 429 with Retry-After
//
// Thread-safe. Time is the clock's, and every deed is a millisecond later than the one before. A deed that cannot be
// is a mistake of the test and throws std::logic_error or std::out_of_range.

#include <memory>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "tests/support/fake_gitlab/records.h"

namespace greenroom::testing {

struct FakeGitlabOptions {
  const Clock* clock = nullptr;  // nullptr: the system's
  std::string webhook_token = "the webhook's own";
  bool several_assignees = true;  // false: as without a licence
};

class FakeGitlab {
 public:
  using Id = gitlab::Id;

  explicit FakeGitlab(const FakeGitlabOptions& options = {});
  ~FakeGitlab();
  FakeGitlab(const FakeGitlab&) = delete;
  FakeGitlab& operator=(const FakeGitlab&) = delete;

  std::string url() const;  // "http://127.0.0.1:40001": the API is at /api/v4

  // --- What stands there ---
  void add_user(const std::string& username, Id id);
  void add_project(const std::string& path, Id id, const std::string& visibility = "private");
  void set_level(Id project, const std::string& username, gitlab::Level level);
  std::string add_token(const std::string& username, const std::string& scope = "api");
  // Its parent's files with these changes; an empty parent is none.
  void add_commit(Id project, const std::string& sha, const std::string& parent, const gitlab::Files& changes);
  void set_branch(Id project, const std::string& branch, const std::string& sha);

  // --- What people do ---
  struct NewChange {
    std::string title = "A first change", source_branch = "first", head_sha = {}, target_branch = "main";
    bool from_fork = false, draft = false;
    std::map<std::string, std::string> old_paths = {};
  };
  Id person_opens_change(Id project, const std::string& username, const NewChange& change);  // its iid
  Id person_opens_issue(Id project, const std::string& username, const std::string& title, bool confidential = false);
  void person_pushes(Id project, Id change, const std::string& head_sha);
  Id person_comments(Id project, gitlab::Item::Kind kind, Id iid, const std::string& username, const std::string& body);
  // The note alone becomes the first of a discussion.
  Id person_replies(Id project, const std::string& discussion, const std::string& username, const std::string& body);
  void person_resolves(Id project, const std::string& discussion, const std::string& username);
  void person_reopens(Id project, const std::string& discussion);
  void person_deletes(Id project, Id note);
  void person_labels(Id project, Id issue, const std::string& username, const std::string& label);
  void person_unlabels(Id project, Id issue, const std::string& username, const std::string& label);
  void person_closes(Id project, gitlab::Item::Kind kind, Id iid, const std::string& username);
  void system_notes(Id project, const std::string& discussion, const std::string& username, const std::string& body);
  void set_preparing(Id project, Id change);  // no version, no SHA: as right after it was opened

  // --- What was seen ---
  gitlab::Webhook last_webhook() const;
  std::vector<gitlab::Write> ledger() const;
  std::vector<gitlab::Asked> requests() const;
  std::vector<std::string> unknown_routes() const;
  gitlab::Item item(Id project, gitlab::Item::Kind kind, Id iid) const;
  gitlab::Note note(Id project, Id note) const;
  gitlab::Note first_note(Id project, const std::string& discussion) const;
  std::vector<gitlab::Status> statuses(Id project, const std::string& sha) const;  // oldest first

  // --- Limits, none at first; and faults ---
  void limit_notes(int per_minute);
  void limit_requests(int remaining, TimePoint reset);
  void inject(const gitlab::Fault& fault);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::testing
