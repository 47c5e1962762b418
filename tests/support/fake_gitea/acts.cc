// What stands there at first, and what people do.

#include <stdexcept>

#include "tests/support/fake_gitea/impl.h"
#include "tests/support/fake_gitea/render.h"

namespace greenroom::testing {

using namespace gitea;  // this file is the outside of that namespace

void FakeGitea::add_user(const std::string& login, Id id) {
  impl_->state.with([&](State& state) { state.users[id] = login; });
}

std::string FakeGitea::add_token(const std::string& login) {
  return impl_->state.with([&](State& state) {
    const auto token = "token-of-" + login;
    state.tokens[token] = state.person(login);
    return token;
  });
}

void FakeGitea::add_repository(const std::string& owner, const std::string& name, Id id, bool is_private) {
  impl_->state.with([&](State& state) {
    Repository& made = state.repositories[id];
    made.id = id;
    made.owner = state.person(owner);
    made.owner_login = owner;
    made.name = name;
    made.is_private = is_private;
  });
}

void FakeGitea::rename_repository(Id repository, const std::string& name) {
  impl_->in(repository, [&](State&, Repository& found) {
    found.former_names.insert(found.full_name());
    found.name = name;
  });
}

void FakeGitea::set_role(Id repository, const std::string& login, Role role) {
  impl_->in(repository, [&](State& state, Repository& found) { found.roles[state.person(login)] = role; });
}

void FakeGitea::add_label(Id repository, const std::string& name) {
  impl_->in(repository, [&](State& state, Repository& found) { found.labels[name] = ++state.last_id; });
}

void FakeGitea::set_lines(Id repository, const std::string& path, std::int64_t lines) {
  impl_->in(repository, [&](State&, Repository& found) { found.lines[path] = lines; });
}

std::int64_t FakeGitea::person_opens_pull(Id repository, const std::string& login, const std::string& head_sha) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    return open_issue(state, found, state.person(login), "A first change", head_sha).number;
  });
}

std::int64_t FakeGitea::person_opens_issue(Id repository, const std::string& login, const std::string& title) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    return open_issue(state, found, state.person(login), title, "").number;
  });
}

Id FakeGitea::person_comments(Id repository, std::int64_t number, const std::string& login, const std::string& body) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    return say(state, found, found.issues.at(number), state.person(login), body).id;
  });
}

Id FakeGitea::person_reviews(Id repository, std::int64_t number, const std::string& login, const std::string& body,
                             const std::string& path, std::int64_t line, const std::string& inline_body) {
  if (!path.empty()) person_begins_review(repository, number, login, path, line, inline_body);
  return impl_->in(repository, [&](State& state, Repository& found) {
    return submit_review(state, found, found.issues.at(number), state.person(login), "COMMENT", body, "")->id;
  });
}

void FakeGitea::person_begins_review(Id repository, std::int64_t number, const std::string& login,
                                     const std::string& path, std::int64_t line, const std::string& body) {
  impl_->in(repository, [&](State& state, Repository& found) {
    Row code;
    code.path = path;
    code.line = line;
    code.body = body;
    add_code(state, found, found.issues.at(number), state.person(login), std::move(code));
  });
}

// As the button of the conversation does: into the same review, on the same lines.
Id FakeGitea::person_replies(Id comment, const std::string& login, const std::string& body) {
  return impl_->state.with([&](State& state) {
    const Row& first = state.row_of(comment);
    Repository& found = state.repository(state.repository_of.at(comment));
    Row code;
    code.review = first.review;
    code.path = first.path;
    code.line = first.line;
    code.extra = first.extra;
    code.body = body;
    return answer_code(state, found, found.issues.at(first.number), state.person(login), std::move(code)).id;
  });
}

// Nothing else changes: no time, no row, no webhook.
void FakeGitea::person_resolves(Id comment, const std::string& login, bool resolved) {
  impl_->state.with([&](State& state) { state.row_of(comment).resolver = resolved ? state.person(login) : 0; });
}

void FakeGitea::person_deletes(Id comment) {
  impl_->state.with([&](State& state) { state.rows.erase(state.row_of(comment).id); });
}

void FakeGitea::person_labels(Id repository, std::int64_t number, const std::string& login, const std::string& label,
                              bool on) {
  impl_->in(repository, [&](State& state, Repository& found) {
    if (!found.labels.contains(label)) throw std::logic_error("there is no label " + label);
    put_label(state, found, found.issues.at(number), state.person(login), label, on);
  });
}

void FakeGitea::person_closes(Id repository, std::int64_t number, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    Issue& issue = found.issues.at(number);
    issue.open = false;
    issue.closed = state.now();
    Row row;
    row.type = Row::Type::close;
    row.author = state.person(login);
    add_row(state, found, issue, std::move(row));
    tell_of_issue(state, found, issue, "closed", state.person(login));
  });
}

}  // namespace greenroom::testing
