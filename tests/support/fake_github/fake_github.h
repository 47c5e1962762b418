#pragma once
// GitHub's API on loopback, for tests: REST and GraphQL over real HTTP, with the host's own rules about who may do
// what, limits, paging and anchors. What a token wrote stands in a ledger; people act through person_…; every deed
// makes the webhook that the real host would send. docs/testing.md lists the rules.
//
// Thread-safe. Time is the clock's. A deed that cannot be (an unknown person, a closed change) is a mistake of the test
// and throws std::logic_error. Repositories are named by their id: names change.

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "tests/support/fake_github/records.h"

namespace greenroom::testing {

// The least that Greenroom asks for.
fake::Permissions least_permissions();

struct FakeGithubOptions {
  std::int64_t app_id = 4242;
  std::string app_slug = "greenroom";  // the bot is "greenroom[bot]" for REST and "greenroom" for GraphQL
  std::string app_public_key = {};     // PEM; empty: no JWT is believed
  std::int64_t bot_id = 9000;
  std::string webhook_secret = "the webhook's own";
  const Clock* clock = nullptr;  // nullptr: the system's
  // The permission to write that an App needs to resolve a thread. The real host documents none; people report that
  // it asks for "contents".
  std::string resolving_needs = "pull_requests";
};

class FakeGithub {
 public:
  using Options = FakeGithubOptions;
  using Id = std::int64_t;

  explicit FakeGithub(Options options = {});
  ~FakeGithub();
  FakeGithub(const FakeGithub&) = delete;
  FakeGithub& operator=(const FakeGithub&) = delete;

  std::string url() const;  // "http://127.0.0.1:40001": the REST API; GraphQL is at /graphql

  // --- What stands there ---
  Id add_user(const std::string& login, Id id);
  // On an account, for all of its repositories or for those. The account is made when it is not there.
  Id add_installation(const std::string& account, const fake::Permissions& permissions = least_permissions(),
                      const std::vector<Id>& repositories = {});
  Id add_repository(const std::string& owner, const std::string& name, Id id,
                    const std::string& default_branch = "main", bool is_private = true);
  // The App's own page; without this it asks for the least permissions, and has no webhook.
  void set_app(const fake::App& app);
  void set_permissions(Id installation, const fake::Permissions& permissions);  // what the owner granted
  // Checks without which nothing is merged into the branch.
  void require_checks(Id repository, const std::string& branch, const std::vector<std::string>& contexts,
                      fake::Guard guard);
  void rename_repository(Id repository, const std::string& new_name);
  void set_role(Id repository, const std::string& login, fake::Role role);
  // Its parent's files with these changes; an empty parent is none, an empty SHA is one made up. The SHA.
  std::string add_commit(Id repository, const std::string& parent, const fake::Files& changes,
                         const std::string& sha = "");
  void add_file(Id repository, const std::string& sha, const std::string& path, const std::string& content);
  void set_branch(Id repository, const std::string& branch, const std::string& sha);
  std::string add_personal_token(const std::string& login);
  // An installation's token without the way through the JWT. It ends as others do.
  std::string add_installation_token(Id installation);

  // --- What people do ---
  struct NewPull {
    std::string title = "A first change", body = {}, head_ref = "first", head_sha = {}, base_ref = "main";
    bool draft = false, from_fork = false;
  };
  struct NewComment {  // of a review
    std::string path;
    int line = 0;
    std::string body;
    int start_line = 0;
    std::string side = "RIGHT";
  };
  // Each gives the number or the id of what it made.
  std::int64_t person_opens_pull(Id repository, const std::string& login, const NewPull& pull);
  std::int64_t person_opens_issue(Id repository, const std::string& login, const std::string& title,
                                  const std::string& body = "");
  void person_pushes(Id repository, std::int64_t number, const std::string& head_sha);  // by its author
  Id person_comments(Id repository, std::int64_t number, const std::string& login, const std::string& body);
  // A comment of a conversation or of a review.
  void person_edits_comment(Id repository, Id comment, const std::string& login, const std::string& body);
  void person_deletes_comment(Id repository, Id comment, const std::string& login);
  // `event`: APPROVE, REQUEST_CHANGES or COMMENT.
  Id person_reviews(Id repository, std::int64_t number, const std::string& login, const std::string& event,
                    const std::string& body, const std::vector<NewComment>& comments = {});
  // `comment`: any of the thread.
  Id person_replies(Id repository, Id comment, const std::string& login, const std::string& body);
  void person_resolves(Id repository, Id comment, const std::string& login);
  void person_unresolves(Id repository, Id comment, const std::string& login);
  // To a comment, or to an issue or a change by its id (not its number). No webhook: the real host sends none.
  void person_reacts(Id repository, Id what, const std::string& login, const std::string& content);
  void person_closes(Id repository, std::int64_t number, const std::string& login);
  void person_reopens(Id repository, std::int64_t number, const std::string& login);
  void person_merges(Id repository, std::int64_t number, const std::string& login);
  void person_converts_to_draft(Id repository, std::int64_t number, const std::string& login);
  void person_readies(Id repository, std::int64_t number, const std::string& login);
  void person_retitles(Id repository, std::int64_t number, const std::string& login, const std::string& title);
  void person_retargets(Id repository, std::int64_t number, const std::string& login, const std::string& base_ref);
  void person_labels(Id repository, std::int64_t number, const std::string& login, const std::string& label);
  void person_unlabels(Id repository, std::int64_t number, const std::string& login, const std::string& label);

  // "Re-run" beside a check run, for those who may write.
  void person_reruns(Id repository, Id check_run, const std::string& login);

  // Agrees on GitHub's page to the App that this manifest describes (JSON, as the form brought it), which replaces the
  // one that was there. The code that the browser brings back: it works once, within the hour. The App's key is
  // app_key(). A manifest that GitHub would refuse throws std::logic_error.
  std::string person_makes_app(const std::string& manifest);

  // --- Webhooks ---
  std::vector<fake::Webhook> webhooks() const;  // oldest first
  fake::Webhook last_webhook() const;
  // Those from now on are recorded as answered with this status; 0: nobody answered.
  void answer_webhooks_with(int status);
  // POSTs those that were not sent yet to this address, in order, and records what it answers. Blocks. How many were
  // sent. Errors: none; an address that does not answer is recorded as such.
  std::size_t send_webhooks(const std::string& url);

  // --- What tokens did ---
  std::vector<fake::Write> ledger() const;
  std::vector<fake::Asked> requests() const;
  std::vector<std::string> unknown_routes() const;  // "GET /repos/a/b/nothing": asked for, and not in this fake
  std::vector<fake::Comment> comments(Id repository, std::int64_t number) const;  // of both kinds, by id
  fake::Comment comment(Id repository, Id comment) const;
  std::vector<fake::Review> reviews(Id repository, std::int64_t number) const;
  std::vector<fake::Thread> review_threads(Id repository, std::int64_t number) const;
  fake::Thread thread_of(Id repository, Id comment) const;
  std::vector<fake::Status> statuses(Id repository, const std::string& sha) const;  // oldest first
  std::vector<fake::CheckRun> check_runs(Id repository, const std::string& sha) const;
  std::vector<fake::Reaction> reactions(Id repository, Id what) const;
  fake::Issue issue(Id repository, std::int64_t number) const;  // of a change, too
  std::vector<std::string> labels(Id repository, std::int64_t number) const;

  // --- Limits; none at first ---
  // The secondary limit: content written in a minute and in an hour, 0 for no limit. Beyond: `status` (403 or 429) with
  // Retry-After.
  void limit_content_writes(int per_minute, int per_hour, int status = 403);
  // The primary limit: that many requests more before `reset`.
  void limit_requests(int remaining, TimePoint reset);

  // --- Faults ---
  void inject(fake::Fault fault);
  void heal();                 // no fault any more
  int faults_to_come() const;  // how many times those injected have yet to happen
  int held() const;            // answers that wait, see Fault::What::act_then_hold
  void release();              // sends them

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::testing
