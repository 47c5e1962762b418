// Reviews and their threads.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/diff.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing::fake {
namespace {

// The hunk down to the comment's line, as REST shows it.
std::string hunk_above(const Repository& repository, const Issue& issue, const Anchor& anchor) {
  for (const auto& change : changes_of(repository, base_sha_of(repository, *issue.pull), anchor.commit)) {
    if (change.path != anchor.path) continue;
    for (DiffHunk hunk : change.hunks) {
      const auto found = std::find_if(hunk.lines.begin(), hunk.lines.end(), [&](const DiffLine& line) {
        return (anchor.side == "LEFT" ? line.old_line : line.new_line) == anchor.line;
      });
      if (anchor.line == 0 || found == hunk.lines.end()) continue;
      hunk.lines.erase(found + 1, hunk.lines.end());
      return patch_of({hunk});
    }
  }
  return "";
}

Comment& add_comment(State& state, Repository& repository, const Issue& issue, const Review& review,
                     const Anchor& anchor, const std::string& body) {
  Comment comment;
  comment.kind = Comment::Kind::review;
  comment.id = state.next_id();
  comment.number = issue.number;
  comment.author = review.author;
  comment.body = body;
  comment.created = comment.updated = state.now();
  comment.review = review.id;
  comment.anchor = anchor;
  comment.hunk = hunk_above(repository, issue, anchor);
  Thread thread;
  thread.id = node_id("PRRT", comment.id);
  thread.number = issue.number;
  thread.first_comment = comment.id;
  thread.anchor = anchor;
  thread.comments = {comment.id};
  repository.threads[comment.id] = thread;
  return repository.comments[comment.id] = std::move(comment);
}

void tell_of_comment(State& state, const Repository& repository, const Comment& comment) {
  tell(state, repository, "pull_request_review_comment", "created", comment.author,
       {{"comment", comment_json(state, repository, comment)},
        {"pull_request", pull_json(state, repository, issue_of(repository, comment.number), Detail::listed)}});
}

// The webhook has the state in lower case, REST in upper case.
void tell_of_review(State& state, const Repository& repository, const Review& review) {
  Json json = review_json(state, repository, review);
  json["state"] = lower(review.state);
  if (review.body.empty()) json["body"] = nullptr;
  tell(state, repository, "pull_request_review", "submitted", review.author,
       {{"review", json},
        {"pull_request", pull_json(state, repository, issue_of(repository, review.number), Detail::listed)}});
}

}  // namespace

const Review* pending_review(const Repository& repository, std::int64_t number, Id author) {
  for (const auto& [id, review] : repository.reviews)
    if (review.number == number && review.author == author && review.state == "PENDING") return &review;
  return nullptr;
}

bool is_pending(const Repository& repository, const Comment& comment) {
  const auto found = repository.reviews.find(comment.review);
  return found != repository.reviews.end() && found->second.state == "PENDING";
}

Review& add_review(State& state, Repository& repository, Issue& issue, const NewReview& wanted) {
  Review made;
  made.id = state.next_id();
  made.number = issue.number;
  made.author = wanted.author;
  made.state = "PENDING";
  made.body = wanted.body;
  made.commit = wanted.commit;
  Review& review = repository.reviews[made.id] = made;
  for (const auto& [anchor, body] : wanted.comments) add_comment(state, repository, issue, review, anchor, body);
  if (wanted.state != "PENDING") submit_review(state, repository, review, wanted.state);
  return review;
}

void submit_review(State& state, Repository& repository, Review& review, const std::string& verdict) {
  Issue& issue = issue_of(repository, review.number);
  review.state = verdict;
  review.submitted = issue.updated = state.now();
  std::erase(issue.pull->reviewers, review.author);
  tell_of_review(state, repository, review);
  for (const auto& [id, comment] : repository.comments)
    if (comment.review == review.id) tell_of_comment(state, repository, comment);
}

void delete_review(Repository& repository, Id review) {
  std::erase_if(repository.threads, [&](const auto& entry) {
    return repository.comments.at(entry.second.comments.front()).review == review;
  });
  std::erase_if(repository.comments, [&](const auto& entry) { return entry.second.review == review; });
  repository.reviews.erase(review);
}

// A reply is a review of its own on the real host, too.
Comment& reply(State& state, Repository& repository, Thread& thread, Id author, const std::string& body) {
  Issue& issue = issue_of(repository, thread.number);
  Review review;
  review.id = state.next_id();
  review.number = issue.number;
  review.author = author;
  review.state = "COMMENTED";
  review.commit = issue.pull->head_sha;
  review.submitted = issue.updated = state.now();
  repository.reviews[review.id] = review;
  const Comment& first = comment_of(repository, thread.comments.front());
  Comment comment = first;
  comment.id = state.next_id();
  comment.author = author;
  comment.body = body;
  comment.reactions.clear();
  comment.minimized.clear();
  comment.created = comment.updated = state.now();
  comment.review = review.id;
  comment.reply_to = thread.first_comment;
  thread.comments.push_back(comment.id);
  Comment& kept = repository.comments[comment.id] = std::move(comment);
  tell_of_review(state, repository, review);
  tell_of_comment(state, repository, kept);
  return kept;
}

bool set_resolved(State& state, Repository& repository, Thread& thread, Id who, bool resolved) {
  if (thread.resolved == resolved) return false;
  thread.resolved = resolved;
  thread.resolved_by = resolved ? who : 0;
  Json comments = Json::array();
  for (const Id id : thread.comments) comments.push_back(comment_json(state, repository, comment_of(repository, id)));
  tell(state, repository, "pull_request_review_thread", resolved ? "resolved" : "unresolved", who,
       {{"thread", {{"node_id", thread.id}, {"comments", comments}}},
        {"updated_at", iso(state.now())},
        {"pull_request", pull_json(state, repository, issue_of(repository, thread.number), Detail::listed)}});
  return true;
}

}  // namespace greenroom::testing::fake
