#include "lib/hosts/local/payload.h"

#include <nlohmann/json.hpp>

#include "lib/base/hash.h"
#include "lib/hosts/reader.h"
#include "lib/json/json.h"

namespace greenroom::hosts::local {
namespace {

using model::EventKind;

constexpr std::size_t kName = 256;  // logins, names, refs, labels
constexpr std::size_t kTitle = 1024;
constexpr std::size_t kBody = 64 * 1024;  // what the practice host lets people write
constexpr std::size_t kLabels = 100;

json::Value json_of(const model::Account& account) {
  return {{"id", account.host_account_id},
          {"login", account.login},
          {"name", account.display_name},
          {"kind", account.kind == model::Account::Kind::bot ? "bot" : "person"}};
}

model::Account account_in(Reader outer, std::string_view member, Reader& faults) {
  Reader reader = outer.object(member);
  model::Account account;
  account.host_account_id = reader.number("id");
  account.login = reader.text("login", kName);
  account.display_name = reader.text("name", kName, Presence::optional);
  const auto kind = reader.text("kind", kName);
  if (kind != "person" && kind != "bot") reader.refuse("kind", "is neither person nor bot");
  account.kind = kind == "bot" ? model::Account::Kind::bot : model::Account::Kind::person;
  faults.take_fault(outer);
  faults.take_fault(reader);
  return account;
}

json::Value json_of(const model::ChangeFacts& change) {
  return {{"number", change.number},
          {"title", change.title},
          {"description", change.description},
          {"head_ref", change.head_ref},
          {"base_ref", change.base_ref},
          {"head_sha", change.head_sha},
          {"base_sha", change.base_sha},
          {"author", json_of(change.author)},
          {"draft", change.draft},
          {"trusted_author", change.trusted_author}};
}

model::ChangeFacts change_in(Reader& root) {
  Reader reader = root.object("change");
  model::ChangeFacts change;
  change.number = reader.number("number");
  change.title = reader.text("title", kTitle);
  change.description = reader.text("description", kBody, Presence::optional);
  change.head_ref = reader.text("head_ref", kTitle);
  change.base_ref = reader.text("base_ref", kTitle);
  change.head_sha = reader.sha("head_sha");
  change.base_sha = reader.sha("base_sha");
  change.author = account_in(reader, "author", root);
  change.draft = reader.boolean("draft");
  change.trusted_author = reader.boolean("trusted_author");
  root.take_fault(reader);
  return change;
}

json::Value json_of(const model::IssueFacts& issue) {
  return {{"number", issue.number},
          {"title", issue.title},
          {"description", issue.description},
          {"author", json_of(issue.author)},
          {"labels", issue.labels}};
}

model::IssueFacts issue_in(Reader& root) {
  Reader reader = root.object("issue");
  model::IssueFacts issue;
  issue.number = reader.number("number");
  issue.title = reader.text("title", kTitle);
  issue.description = reader.text("description", kBody, Presence::optional);
  issue.author = account_in(reader, "author", root);
  issue.labels = reader.texts("labels", kLabels, kName);
  root.take_fault(reader);
  return issue;
}

json::Value json_of(const model::CommentFacts& comment) {
  const bool on_issue = comment.place == model::CommentFacts::Place::issue;
  return {{"id", comment.host_comment_id},
          {"body", comment.body},
          {"previous_body", comment.previous_body},
          {"place", on_issue ? "issue" : "change"},
          {"thread", comment.thread}};
}

model::CommentFacts comment_in(Reader& root) {
  Reader reader = root.object("comment");
  model::CommentFacts comment;
  comment.host_comment_id = reader.number("id");
  comment.body = reader.text("body", kBody, Presence::optional);
  comment.previous_body = reader.text("previous_body", kBody, Presence::optional);
  const auto place = reader.text("place", kName);
  if (place != "issue" && place != "change") reader.refuse("place", "is neither change nor issue");
  comment.place = place == "issue" ? model::CommentFacts::Place::issue : model::CommentFacts::Place::change;
  comment.thread = reader.text("thread", kName, Presence::optional);
  root.take_fault(reader);
  return comment;
}

bool is_about_comment(EventKind kind) {
  return kind == EventKind::comment_created || kind == EventKind::comment_edited ||
         kind == EventKind::thread_resolved || kind == EventKind::thread_unresolved;
}
bool is_about_issue(EventKind kind) {
  return kind == EventKind::issue_opened || kind == EventKind::issue_closed || kind == EventKind::issue_labeled ||
         kind == EventKind::issue_unlabeled;
}

// The members that an event of this kind cannot be without.
void require_members(const model::Event& event, Reader& root) {
  const bool about_comment = is_about_comment(event.kind);
  const bool on_issue = event.comment && event.comment->place == model::CommentFacts::Place::issue;
  if (about_comment && !event.comment) root.refuse("comment", "is missing");
  if ((is_about_issue(event.kind) || on_issue) && !event.issue) root.refuse("issue", "is missing");
  if (!is_about_issue(event.kind) && !on_issue && !event.change) root.refuse("change", "is missing");
  const bool labels = event.kind == EventKind::issue_labeled || event.kind == EventKind::issue_unlabeled;
  if (labels && event.label.empty()) root.refuse("label", "is missing");
  const bool threads = event.kind == EventKind::thread_resolved || event.kind == EventKind::thread_unresolved;
  if (threads && event.comment && event.comment->thread.empty()) root.refuse("comment.thread", "is missing");
}

model::RepositoryFacts repository_in(Reader& root) {
  Reader reader = root.object("repository");
  model::RepositoryFacts repository;
  repository.host = "local";
  repository.host_repository_id = reader.number("id");
  repository.full_name = reader.text("full_name", kName);
  repository.default_branch = reader.text("default_branch", kTitle);
  root.take_fault(reader);
  return repository;
}

void read_kind_and_time(Reader& root, model::Event& event) {
  const auto kind = model::event_kind_named(root.text("event", kName));
  if (!kind || *kind == EventKind::timer_due) root.refuse("event", "is no event of this host");
  event.kind = kind.value_or(EventKind::timer_due);
  event.at = root.time("at");
}

}  // namespace

std::string encode(const model::Event& event) {
  json::Value root{{"event", model::name_of(event.kind)},
                   {"at", to_rfc3339(event.at)},
                   {"repository",
                    {{"id", event.repository.host_repository_id},
                     {"full_name", event.repository.full_name},
                     {"default_branch", event.repository.default_branch}}},
                   {"actor", json_of(event.actor)}};
  if (event.change) root["change"] = json_of(*event.change);
  if (event.issue) root["issue"] = json_of(*event.issue);
  if (event.comment) root["comment"] = json_of(*event.comment);
  if (!event.label.empty()) root["label"] = event.label;
  return json::dump(root);
}

Result<model::Event> decode(std::string_view body) {
  GREENROOM_TRY(value, json::parse(body));
  if (!value.is_object()) return user_fault("the body is not a JSON object");
  Reader root(value, "");
  model::Event event;
  read_kind_and_time(root, event);
  event.repository = repository_in(root);
  event.actor = account_in(root, "actor", root);
  if (root.has("change")) event.change = change_in(root);
  if (root.has("issue")) event.issue = issue_in(root);
  if (root.has("comment")) event.comment = comment_in(root);
  event.label = root.text("label", kName, Presence::optional);
  require_members(event, root);
  GREENROOM_CHECK(root.result());
  return event;
}

SignedDelivery sign(const model::Event& event, const Secret& secret) {
  SignedDelivery delivery;
  delivery.body = encode(event);
  delivery.headers = {{"content-type", "application/json"},
                      {"x-greenroom-event", std::string(model::name_of(event.kind))},
                      {"x-greenroom-delivery", random_hex(16)},
                      {"x-greenroom-signature-256", "sha256=" + to_hex(hmac_sha256(secret, delivery.body))}};
  return delivery;
}

}  // namespace greenroom::hosts::local
