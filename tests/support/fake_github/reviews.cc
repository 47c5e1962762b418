// Reviews, and the comments that stand on lines.

#include <algorithm>

#include "tests/support/fake_github/anchor.h"
#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

// Nobody sees another's pending one.
bool is_visible(const Call& call, const Review& review) {
  return review.state != "PENDING" || review.author == call.actor.user;
}

Review& find_review(const Call& call) {
  const auto& issue = find_pull(call, 0);
  const auto found = call.repository().reviews.find(call.number(1));
  if (found == call.repository().reviews.end() || found->second.number != issue.number ||
      !is_visible(call, found->second))
    refuse(404, "Not Found");
  return found->second;
}

// One of its own commits; none is its head.
std::string commit_in(const Call& call, const Issue& issue) {
  const std::string sha = text(call.body, "commit_id", issue.pull->head_sha);
  if (!call.repository().commits.contains(sha))
    invalid("PullRequestReview", "commit_id", "commit_id is not part of the pull request");
  return sha;
}

void one_pending_only(const Call& call, const Issue& issue) {
  if (pending_review(call.repository(), issue.number, call.actor.user) != nullptr)
    refuse(422, "Unprocessable Entity", Json::array({"User can only have one pending review per pull request"}));
}

// The state that the verdict leads to; "PENDING" without one.
std::string verdict_in(const Call& call, const Issue& issue, const std::string& words, bool required) {
  const std::string event = text(call.body, "event");
  if (event.empty() && !required) return "PENDING";
  if (event != "APPROVE" && event != "REQUEST_CHANGES" && event != "COMMENT")
    refuse(422, "Invalid request.\n\n" + event + " is not an event of a review.");
  if (words.empty() && event != "APPROVE") refuse(422, "Unprocessable Entity", Json::array({"Body can't be blank"}));
  if (event != "COMMENT" && issue.author == call.actor.user)
    refuse(422, "Unprocessable Entity",
           Json::array({event == "APPROVE" ? "Can not approve your own pull request"
                                           : "Can not request changes on your own pull request"}));
  return event == "APPROVE" ? "APPROVED" : event == "COMMENT" ? "COMMENTED" : "CHANGES_REQUESTED";
}

void check_length(const std::string& words) {
  if (characters(words) > 65'536)
    invalid("PullRequestReview", "body", "body is too long (maximum is 65536 characters)");
}

Reply list(Call& call) {
  const auto& issue = find_pull(call, 0);
  std::vector<Json> all;
  for (const auto& [id, review] : call.repository().reviews)
    if (review.number == issue.number && is_visible(call, review))
      all.push_back(review_json(call.state, call.repository(), review));
  return paged(call, all);
}

Reply show(Call& call) { return ok(review_json(call.state, call.repository(), find_review(call))); }

// One bad comment, and nothing of the review comes to be.
Reply create(Call& call) {
  Issue& issue = find_pull(call, 0);
  NewReview wanted;
  wanted.author = call.actor.user;
  wanted.body = text(call.body, "body");
  check_length(wanted.body);
  wanted.commit = commit_in(call, issue);
  wanted.state = verdict_in(call, issue, wanted.body, false);
  one_pending_only(call, issue);
  Json faults = Json::array();
  for (const auto& comment : call.body.value("comments", Json::array())) {
    const auto body = words_of(comment, "PullRequestReviewComment");
    const Anchor anchor = anchor_in(comment, wanted.commit);
    const auto fault = fault_of(call.repository(), issue, anchor);
    if (!fault.empty()) faults.push_back("Pull request review thread " + fault);
    wanted.comments.emplace_back(anchor, body);
  }
  if (!faults.empty()) refuse(422, "Unprocessable Entity", faults);
  const auto& review = add_review(call.state, call.repository(), issue, wanted);
  call.wrote("review.create", issue.number);
  return ok(review_json(call.state, call.repository(), review));
}

Reply submit(Call& call) {
  Review& review = find_review(call);
  const Issue& issue = issue_of(call.repository(), review.number);
  if (review.state != "PENDING")
    refuse(422, "Unprocessable Entity", Json::array({"Review has already been submitted"}));
  review.body = text(call.body, "body", review.body);
  submit_review(call.state, call.repository(), review, verdict_in(call, issue, review.body, true));
  call.wrote("review.submit", issue.number);
  return ok(review_json(call.state, call.repository(), review));
}

Reply edit(Call& call) {
  Review& review = find_review(call);
  if (review.author != call.actor.user) refuse(403, "Must have admin rights to Repository.");
  const auto words = words_of(call.body, "PullRequestReview");
  if (words != review.body) call.wrote("review.edit", review.number);
  review.body = words;
  return ok(review_json(call.state, call.repository(), review));
}

Reply dismiss(Call& call) {
  Review& review = find_review(call);
  if (text(call.body, "message").empty()) invalid("PullRequestReview", "message", "message can't be blank");
  if (review.state != "APPROVED" && review.state != "CHANGES_REQUESTED")
    refuse(422, "Unprocessable Entity", Json::array({"Can not dismiss a commented pull request review"}));
  review.state = "DISMISSED";
  call.wrote("review.dismiss", review.number);
  return ok(review_json(call.state, call.repository(), review));
}

Reply remove(Call& call) {
  const Review review = find_review(call);
  if (review.state != "PENDING")
    refuse(422, "Unprocessable Entity", Json::array({"Can not delete a non-pending pull request review"}));
  delete_review(call.repository(), review.id);
  call.wrote("review.delete", review.number);
  return ok(review_json(call.state, call.repository(), review));
}

Reply comments_of_pull(Call& call) {
  const auto& issue = find_pull(call, 0);
  std::vector<Json> all;
  for (const auto& [id, comment] : call.repository().comments)
    if (comment.kind == Comment::Kind::review && comment.number == issue.number &&
        !is_pending(call.repository(), comment))
      all.push_back(comment_json(call.state, call.repository(), comment));
  return paged(call, all);
}

Reply comments_of_review(Call& call) {
  const auto& review = find_review(call);
  std::vector<Json> all;
  for (const auto& [id, comment] : call.repository().comments)
    if (comment.review == review.id) all.push_back(comment_json(call.state, call.repository(), comment));
  return paged(call, all);
}

Reply reply_to(Call& call, const Comment& first) {
  const auto body = words_of(call.body, "PullRequestReviewComment");
  if (first.reply_to != 0) invalid("PullRequestReviewComment", "in_reply_to", "replies to replies are not supported");
  one_pending_only(call, issue_of(call.repository(), first.number));
  const auto& comment =
      reply(call.state, call.repository(), thread_of(call.repository(), first.id), call.actor.user, body);
  call.wrote("comment.reply", comment.number);
  return ok(comment_json(call.state, call.repository(), comment), 201);
}

const Comment& first_comment(const Call& call, const Issue& issue, Id id) {
  const auto found = call.repository().comments.find(id);
  if (found == call.repository().comments.end() || found->second.kind != Comment::Kind::review ||
      found->second.number != issue.number)
    refuse(404, "Not Found");
  return found->second;
}

Reply answer_comment(Call& call) { return reply_to(call, first_comment(call, find_pull(call, 0), call.number(1))); }

// One comment by itself: a review of its own that says nothing else.
Reply comment_on_line(Call& call) {
  Issue& issue = find_pull(call, 0);
  if (const auto first = integer(call.body, "in_reply_to"); first != 0)
    return reply_to(call, first_comment(call, issue, first));
  const auto body = words_of(call.body, "PullRequestReviewComment");
  if (text(call.body, "commit_id").empty()) refuse(422, "Invalid request.\n\n\"commit_id\" wasn't supplied.");
  const Anchor anchor = anchor_in(call.body, commit_in(call, issue));
  one_pending_only(call, issue);
  const auto fault = fault_of(call.repository(), issue, anchor);
  if (!fault.empty())
    invalid("PullRequestReviewComment", "pull_request_review_thread", "pull_request_review_thread." + fault);
  const auto& review = add_review(call.state, call.repository(), issue,
                                  {call.actor.user, "COMMENTED", "", anchor.commit, {{anchor, body}}});
  call.wrote("review.comment", issue.number);
  const auto& comments = call.repository().comments;
  const auto made = std::find_if(comments.begin(), comments.end(),
                                 [&](const auto& entry) { return entry.second.review == review.id; });
  return ok(comment_json(call.state, call.repository(), made->second), 201);
}

}  // namespace

Routes review_routes() {
  const Needs look = reads("pull_requests"), change = writes("pull_requests");
  return {{"GET", "/repos/{}/{}/pulls/{}/reviews", look, list},
          {"POST", "/repos/{}/{}/pulls/{}/reviews", change, create},
          {"GET", "/repos/{}/{}/pulls/{}/reviews/{}", look, show},
          {"PUT", "/repos/{}/{}/pulls/{}/reviews/{}", change, edit},
          {"DELETE", "/repos/{}/{}/pulls/{}/reviews/{}", change, remove},
          {"GET", "/repos/{}/{}/pulls/{}/reviews/{}/comments", look, comments_of_review},
          {"POST", "/repos/{}/{}/pulls/{}/reviews/{}/events", change, submit},
          {"PUT", "/repos/{}/{}/pulls/{}/reviews/{}/dismissals", writes("pull_requests", Role::write), dismiss},
          {"GET", "/repos/{}/{}/pulls/{}/comments", look, comments_of_pull},
          {"POST", "/repos/{}/{}/pulls/{}/comments", change, comment_on_line},
          {"POST", "/repos/{}/{}/pulls/{}/comments/{}/replies", change, answer_comment}};
}

}  // namespace greenroom::testing::fake
