#include "tests/support/fake_github/state.h"

#include <algorithm>
#include <stdexcept>

#include "lib/base/text.h"

namespace greenroom::testing::fake {
namespace {

template <class Map, class Key>
auto& at_or_throw(Map& map, const Key& key, const std::string& what) {
  const auto found = map.find(key);
  if (found == map.end()) throw std::logic_error("the fake GitHub has no such " + what);
  return found->second;
}

}  // namespace

std::string lower(std::string_view text) { return to_lower_ascii(text); }

TimePoint State::now() const { return std::chrono::floor<std::chrono::seconds>(options.clock->now()); }

const User& State::user(Id id) const {
  static const User ghost{User::Type::person, 10137, "ghost"};
  const auto found = users.find(id);
  return found == users.end() ? ghost : found->second;
}

const User* State::find_user(std::string_view login) const {
  for (const auto& [id, user] : users)
    if (lower(user.login) == lower(login)) return &user;
  return nullptr;
}

Id State::person(const std::string& login) const {
  const auto* user = find_user(login);
  if (user == nullptr) throw std::logic_error("the fake GitHub has no user " + login);
  return user->id;
}

Repository* State::find_repository(std::string_view full_name) {
  for (auto& [id, repository] : repositories)
    if (lower(repository.full_name()) == lower(full_name)) return &repository;
  return nullptr;
}

Repository& State::repository(Id id) { return at_or_throw(repositories, id, "repository"); }
const Repository& State::repository(Id id) const { return at_or_throw(repositories, id, "repository"); }

bool covers(const Installation& installation, const Repository& repository) {
  if (installation.account != repository.owner) return false;
  return installation.repositories.empty() || installation.repositories.contains(repository.id);
}

const Installation* State::installation_of(const Repository& repository) const {
  for (const auto& [id, installation] : installations)
    if (covers(installation, repository)) return &installation;
  return nullptr;
}

bool is_collaborator(const Repository& repository, Id user) {
  if (user == repository.owner) return true;
  const auto found = repository.roles.find(user);
  return found != repository.roles.end() && found->second != Role::none;
}

Role role_of(const Repository& repository, Id user) {
  if (user == repository.owner) return Role::admin;
  const auto found = repository.roles.find(user);
  const Role given = found == repository.roles.end() ? Role::none : found->second;
  return repository.is_private ? given : std::max(given, Role::read);
}

Issue& issue_of(Repository& repository, std::int64_t number) {
  return at_or_throw(repository.issues, number, "issue " + std::to_string(number));
}
const Issue& issue_of(const Repository& repository, std::int64_t number) {
  return at_or_throw(repository.issues, number, "issue " + std::to_string(number));
}
Comment& comment_of(Repository& repository, Id comment) {
  return at_or_throw(repository.comments, comment, "comment " + std::to_string(comment));
}

std::vector<Reaction>& reactions_to(Repository& repository, Id what) {
  for (auto& [number, issue] : repository.issues)
    if (issue.id == what) return issue.reactions;
  return comment_of(repository, what).reactions;
}

Thread& thread_of(Repository& repository, Id comment) {
  for (auto& [first, thread] : repository.threads)
    if (std::count(thread.comments.begin(), thread.comments.end(), comment) != 0) return thread;
  throw std::logic_error("the fake GitHub has no thread of comment " + std::to_string(comment));
}

}  // namespace greenroom::testing::fake
