#include "tests/support/fake_github/call.h"

#include <algorithm>
#include <charconv>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::size_t kMostCharacters = 65'536;

}  // namespace

void refuse(int status, const std::string& message, Json errors) {
  throw Refusal{status, message, std::move(errors), {}};
}

void invalid(const std::string& resource, const std::string& field, const std::string& message) {
  refuse(422, "Validation Failed",
         Json::array({{{"resource", resource}, {"code", "custom"}, {"field", field}, {"message", message}}}));
}

std::string Actor::words() const {
  switch (kind) {
    case Kind::anonymous: return "nobody";
    case Kind::app: return "app";
    case Kind::installation: return "installation " + std::to_string(installation);
    case Kind::personal: return "user " + login;
  }
  return "";
}

std::int64_t Call::number(std::size_t param) const {
  const std::string& digits = params.at(param);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value <= 0) refuse(404, "Not Found");
  return value;
}

void Call::wrote(const std::string& kind, std::int64_t number) const {
  state.ledger.push_back(
      {request.method, request.target, request.body, actor.words(), kind, there == nullptr ? 0 : there->id, number});
}

Reply ok(Json body, int status) { return {status, std::move(body), {}, false}; }
Reply no_content() { return {204, nullptr, {}, true}; }

std::string text(const Json& body, const std::string& key, const std::string& otherwise) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return otherwise;
  if (!found->is_string()) refuse(422, "Invalid request.\n\nFor '" + key + "', a string was expected.");
  return found->get<std::string>();
}

std::int64_t integer(const Json& body, const std::string& key, std::int64_t otherwise) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return otherwise;
  if (!found->is_number_integer()) refuse(422, "Invalid request.\n\nFor '" + key + "', an integer was expected.");
  return found->get<std::int64_t>();
}

std::vector<std::string> texts(const Json& body, const std::string& key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return {};
  std::vector<std::string> all;
  if (!found->is_array()) refuse(422, "Invalid request.\n\nFor '" + key + "', an array was expected.");
  for (const auto& one : *found) {
    if (!one.is_string()) refuse(422, "Invalid request.\n\nFor '" + key + "', strings were expected.");
    all.push_back(one);
  }
  return all;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string words_of(const Json& body, const std::string& resource) {
  std::string words = text(body, "body");
  if (words.empty()) invalid(resource, "body", "body can't be blank");
  if (characters(words) > kMostCharacters) invalid(resource, "body", "body is too long (maximum is 65536 characters)");
  return words;
}

Issue& find_issue(const Call& call, std::size_t param, Access access) {
  const auto found = call.repository().issues.find(call.number(param));
  if (found == call.repository().issues.end()) refuse(404, "Not Found");
  const auto* sections = found->second.pull ? "issues|pull_requests" : "issues";
  if (call.actor.kind == Actor::Kind::installation && !may(call, sections, access, Role::read))
    refuse(403, "Resource not accessible by integration");
  return found->second;
}

Issue& find_pull(const Call& call, std::size_t param) {
  const auto found = call.repository().issues.find(call.number(param));
  if (found == call.repository().issues.end() || !found->second.pull) refuse(404, "Not Found");
  return found->second;
}

// Of a pending review nobody knows but its author.
Comment& find_comment(const Call& call, std::size_t param, Comment::Kind kind) {
  const auto found = call.repository().comments.find(call.number(param));
  if (found == call.repository().comments.end() || found->second.kind != kind) refuse(404, "Not Found");
  Comment& comment = found->second;
  if (is_pending(call.repository(), comment) && comment.author != call.actor.user) refuse(404, "Not Found");
  return comment;
}

std::string find_commit(const Call& call, std::size_t param) {
  const std::string& name = call.params.at(param);
  const auto branch = call.repository().branches.find(name);
  if (branch != call.repository().branches.end()) return branch->second;
  if (!call.repository().commits.contains(name)) refuse(422, "No commit found for SHA: " + name);
  return name;
}

}  // namespace greenroom::testing::fake
