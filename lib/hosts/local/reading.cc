#include "lib/hosts/local/reading.h"

#include <map>

#include "lib/base/text.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {
namespace {

model::Account author_in(const pg::Row& row, std::string_view kind) {
  return {row.integer("author_id"), row.text("login"), row.text("display_name"),
          row.text(kind) == "bot" ? model::Account::Kind::bot : model::Account::Kind::person};
}

model::RepositoryFacts repository_in(const pg::Row& row) {
  return {"local", row.integer("id"), row.text("full_name"), row.text("default_branch")};
}

Comment comment_in(const pg::Row& row) {
  return {row.integer("id"),     row.integer("thread_id"), author_in(row, "kind"),     row.text("body"),
          row.text("reactions"), row.time("created_at"),   row.maybe_time("edited_at")};
}

Thread thread_in(const pg::Row& row) {
  return {row.integer("id"),
          row.text("path"),
          static_cast<int>(row.integer("line")),
          static_cast<int>(row.integer("start_line")),
          row.text("head_sha"),
          row.text("resolved_by"),
          {}};
}

}  // namespace

Result<std::optional<model::RepositoryFacts>> find_repository(pg::Connection& db, std::string_view full_name) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/repository_named"), {full_name}));
  if (rows.empty()) return std::optional<model::RepositoryFacts>();
  return std::optional(repository_in(rows[0]));
}

Result<std::vector<model::RepositoryFacts>> all_repositories(pg::Connection& db) {
  GREENROOM_TRY(rows, db.run(pg::query("host_local/repositories")));
  std::vector<model::RepositoryFacts> all;
  for (int i = 0; i < rows.size(); ++i) all.push_back(repository_in(rows[i]));
  return all;
}

Result<std::optional<Item>> find_item(pg::Connection& db, std::int64_t repository, std::int64_t number) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/item"), {repository, number}));
  if (rows.empty()) return std::optional<Item>();
  const auto row = rows[0];
  Item item;
  item.number = number;
  item.is_change = row.text("kind") == "change";
  item.author = author_in(row, "author_kind");
  item.title = row.text("title");
  item.description = row.text("description");
  item.state = row.text("state");
  item.head_ref = row.text("head_ref");
  item.base_ref = row.text("base_ref");
  item.head_sha = row.text("head_sha");
  item.base_sha = row.text("base_sha");
  item.assignee = row.text("assignee_name");
  item.opened_at = row.time("opened_at");
  item.closed_at = row.maybe_time("closed_at");
  GREENROOM_TRY(labels, db.run(pg::query("practice/labels_of"), {repository, number}));
  for (int i = 0; i < labels.size(); ++i) item.labels.push_back(labels[i].text("label"));
  return std::optional(std::move(item));
}

Result<Discussion> discussion_of(pg::Connection& db, std::int64_t repository, std::int64_t number) {
  GREENROOM_TRY(threads, db.run(pg::query("practice/threads_of"), {repository, number}));
  GREENROOM_TRY(comments, db.run(pg::query("practice/comments_of"), {repository, number}));
  Discussion discussion;
  std::map<std::int64_t, std::size_t> place;
  for (int i = 0; i < threads.size(); ++i) {
    place[threads[i].integer("id")] = discussion.threads.size();
    discussion.threads.push_back(thread_in(threads[i]));
  }
  for (int i = 0; i < comments.size(); ++i) {
    auto comment = comment_in(comments[i]);
    const auto found = place.find(comment.thread);
    auto& into = found == place.end() ? discussion.conversation : discussion.threads[found->second].comments;
    into.push_back(std::move(comment));
  }
  return discussion;
}

Result<std::vector<ListedItem>> list_issues(pg::Connection& db, std::int64_t repository) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/items_of"), {repository, "issue"}));
  std::vector<ListedItem> all;
  for (int i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    ListedItem item{row.integer("number"),
                    row.text("title"),
                    row.text("state"),
                    row.text("author_name"),
                    row.text("assignee_name"),
                    {},
                    static_cast<int>(row.integer("comments")),
                    row.time("opened_at")};
    const std::string labels = row.text("labels");
    if (!labels.empty()) {
      for (const auto label : split(labels, '\n')) item.labels.emplace_back(label);
    }
    all.push_back(std::move(item));
  }
  return all;
}

Result<OutboxDepth> outbox_depth(pg::Connection& db) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/outbox_depth")));
  return OutboxDepth{static_cast<int>(rows[0].integer("waiting")), static_cast<int>(rows[0].integer("refused"))};
}

}  // namespace greenroom::hosts::local
