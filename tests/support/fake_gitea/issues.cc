#include "tests/support/fake_gitea/call.h"

namespace greenroom::testing::gitea {
namespace {

TimePoint since_of(const Call& call) {
  const auto given = call.request.query_value("since");
  if (given.empty()) return {};
  const auto time = parse_time(given);
  if (!time) refuse(422, "since is no time");
  return *time;
}

Reply list(Call& call) {
  std::vector<Json> all;
  const bool every = call.request.query_value("state") == "all";
  for (auto one = call.repository().issues.rbegin(); one != call.repository().issues.rend(); ++one)
    if ((every || one->second.open) && one->second.updated >= since_of(call))
      all.push_back(issue_json(call.state, call.repository(), one->second));
  return linked(call, all);
}

Reply show(Call& call) { return ok(issue_json(call.state, call.repository(), call.issue(0))); }

Reply comments(Call& call) {
  std::vector<Json> all;
  for (const auto* row : call.state.rows_of(call.repository(), call.issue(0).number))
    if (row->type == Row::Type::comment && row->updated >= since_of(call))
      all.push_back(comment_json(call.state, *row));
  return whole(call, all);
}

// Inline comments are left out. The count is of what is shown.
Reply timeline(Call& call) {
  std::vector<Json> all;
  for (const auto* row : call.state.rows_of(call.repository(), call.issue(0).number))
    if (row->type != Row::Type::code && row->updated >= since_of(call))
      all.push_back(timeline_json(call.state, call.repository(), *row));
  return whole(call, all);
}

Reply create(Call& call) {
  Issue& issue = call.issue(0);
  const auto body = text(call.body, "body");
  if (body.empty()) refuse(422, "[Body]: Required");
  const auto& row = say(call.state, call.repository(), issue, call.user, body);
  call.wrote("comment.create");
  return ok(comment_json(call.state, row), 201);
}

// An inline comment is found, and not shown.
Reply show_comment(Call& call) {
  const auto& row = call.row(0);
  return row.type == Row::Type::comment ? ok(comment_json(call.state, row)) : no_content();
}

bool has_words(const Row& row) {
  return row.type == Row::Type::comment || row.type == Row::Type::code || row.type == Row::Type::review;
}

// Whoever may write to the repository may edit and delete everybody's words.
void must_be_allowed(const Call& call, const Row& row) {
  if (row.author != call.user) call.needs(Role::write);
}

Reply edit_comment(Call& call) {
  Row& row = call.row(0);
  must_be_allowed(call, row);
  if (!has_words(row)) return no_content();
  row.body = text(call.body, "body");
  row.updated = call.state.now();
  call.wrote("comment.edit");
  return ok(comment_json(call.state, row));
}

Reply delete_comment(Call& call) {
  const Row row = call.row(0);
  must_be_allowed(call, row);
  if (row.type != Row::Type::comment) return no_content();  // and nothing happens
  call.state.rows.erase(row.id);
  call.wrote("comment.delete");
  return no_content();
}

Reply react(Call& call) {
  Row& row = call.row(0);
  const std::set<std::string> known{"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"};
  const auto content = text(call.body, "content");
  if (!known.contains(content)) refuse(403, "reaction is not allowed");
  const bool fresh = row.reactions.emplace(call.user, content).second;
  if (fresh) call.wrote("reaction");
  return ok({{"content", content}}, fresh ? 201 : 200);
}

}  // namespace

Routes issue_routes() {
  return {{"GET", "/repos/{}/{}/issues", list},
          {"GET", "/repos/{}/{}/issues/comments/{}", show_comment},
          {"PATCH", "/repos/{}/{}/issues/comments/{}", edit_comment},
          {"DELETE", "/repos/{}/{}/issues/comments/{}", delete_comment},
          {"POST", "/repos/{}/{}/issues/comments/{}/reactions", react},
          {"GET", "/repos/{}/{}/issues/{}", show},
          {"GET", "/repos/{}/{}/issues/{}/comments", comments},
          {"POST", "/repos/{}/{}/issues/{}/comments", create},
          {"GET", "/repos/{}/{}/issues/{}/timeline", timeline}};
}

}  // namespace greenroom::testing::gitea
