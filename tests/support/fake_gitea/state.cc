#include "tests/support/fake_gitea/state.h"

#include <algorithm>
#include <stdexcept>

#include "tests/support/fake_gitea/render.h"

namespace greenroom::testing::gitea {

Id State::person(const std::string& login) const {
  for (const auto& [id, name] : users)
    if (name == login) return id;
  throw std::logic_error("the test added no account " + login);
}

Repository& State::repository(Id id) {
  const auto found = repositories.find(id);
  if (found == repositories.end()) throw std::logic_error("the test added no such repository");
  return found->second;
}

Row& State::row_of(Id id) {
  const auto found = rows.find(id);
  if (found == rows.end()) throw std::logic_error("there is no comment " + std::to_string(id));
  return found->second;
}

Repository* State::find_repository(std::string_view owner, std::string_view name) {
  for (auto& [id, one] : repositories)
    if (one.owner_login == owner && one.name == name) return &one;
  return nullptr;
}

Review* State::pending_of(const Repository& repository, std::int64_t number, Id author) {
  for (auto& [id, review] : reviews)
    if (repository_of.at(id) == repository.id && review.number == number && review.author == author &&
        review.state == "PENDING")
      return &review;
  return nullptr;
}

bool State::is_pending(const Row& row) const {
  const auto found = reviews.find(row.review);
  return found != reviews.end() && found->second.state == "PENDING";
}

std::vector<const Row*> State::rows_of(const Repository& repository, std::int64_t number) const {
  std::vector<const Row*> found;
  for (const auto& [id, row] : rows)
    if (row.number == number && repository_of.at(id) == repository.id) found.push_back(&row);
  return found;
}

Role role_of(const Repository& repository, Id user) {
  if (user == repository.owner) return Role::admin;
  const auto found = repository.roles.find(user);
  if (found != repository.roles.end()) return found->second;
  return repository.is_private ? Role::none : Role::read;
}

Row& add_row(State& state, Repository& repository, Issue& issue, Row row) {
  row.id = ++state.last_id;
  row.number = issue.number;
  row.created = row.updated = issue.updated = state.now();
  state.repository_of[row.id] = repository.id;
  return state.rows[row.id] = std::move(row);
}

Issue& open_issue(State& state, Repository& repository, Id author, const std::string& title,
                  const std::string& head_sha) {
  const auto number = static_cast<std::int64_t>(repository.issues.size()) + 1;
  Issue& issue = repository.issues[number];
  issue.id = ++state.last_id;
  issue.author = author;
  issue.number = number;
  issue.title = title;
  issue.head_sha = head_sha;
  issue.created = issue.updated = state.now();
  tell_of_issue(state, repository, issue, "opened", author);
  return issue;
}

Row& say(State& state, Repository& repository, Issue& issue, Id author, const std::string& body) {
  Row row;
  row.author = author;
  row.body = body;
  Row& made = add_row(state, repository, issue, std::move(row));
  tell_of_comment(state, repository, issue, made);
  return made;
}

void put_label(State& state, Repository& repository, Issue& issue, Id who, const std::string& label, bool on) {
  if (on)
    issue.labels.insert(label);
  else
    issue.labels.erase(label);
  Row row;
  row.type = Row::Type::label;
  row.author = who;
  row.label = label;
  row.body = on ? "1" : "";
  add_row(state, repository, issue, std::move(row));
  tell_of_issue(state, repository, issue, "label_updated", who);
}

Row& add_code(State& state, Repository& repository, Issue& issue, Id author, Row code) {
  Review* pending = state.pending_of(repository, issue.number, author);
  if (pending == nullptr) {
    const Id id = ++state.last_id;
    pending = &state.reviews[id];
    pending->id = id;
    pending->author = author;
    pending->number = issue.number;
    pending->updated = state.now();
    state.repository_of[id] = repository.id;
  }
  code.type = Row::Type::code;
  code.author = author;
  code.review = pending->id;
  return add_row(state, repository, issue, std::move(code));
}

Row& answer_code(State& state, Repository& repository, Issue& issue, Id author, Row code) {
  code.type = Row::Type::code;
  code.author = author;
  Row& made = add_row(state, repository, issue, std::move(code));
  tell_of_comment(state, repository, issue, made);
  return made;
}

Review* submit_review(State& state, Repository& repository, Issue& issue, Id author, const std::string& verdict,
                      const std::string& body, const std::string& commit) {
  Review* review = state.pending_of(repository, issue.number, author);
  if (review == nullptr && body.empty() && verdict == "COMMENT") return nullptr;
  if (review == nullptr) {
    const Id id = ++state.last_id;
    review = &state.reviews[id];
    review->id = id;
    review->author = author;
    review->number = issue.number;
    state.repository_of[id] = repository.id;
  }
  review->state = verdict;
  review->body = body;
  review->commit = commit;
  review->updated = state.now();
  Row row;
  row.type = Row::Type::review;
  row.author = author;
  row.body = body;
  row.review = review->id;
  add_row(state, repository, issue, std::move(row));
  tell_of_review(state, repository, issue, *review);
  return review;
}

}  // namespace greenroom::testing::gitea
