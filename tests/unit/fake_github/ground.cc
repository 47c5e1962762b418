#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

FakeGithubOptions options(const Clock& clock) {
  FakeGithubOptions made;
  made.app_public_key = app_key().public_pem;
  made.clock = &clock;
  return made;
}

}  // namespace

std::string Answered::header(const std::string& lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return "";
}

// src/a.py has twenty lines at the base; the change makes line 3 another and adds a line after 15.
FakeGithubTest::FakeGithubTest() : github_(options(clock_)) {
  github_.add_user("maya", kMaya);
  github_.add_user("ben", kBen);
  github_.add_user("zoe", kZoe);
  github_.add_repository("studio", "pipeline", kRepository);
  github_.set_role(kRepository, "maya", fake::Role::read);
  github_.set_role(kRepository, "ben", fake::Role::write);
  installation_ = github_.add_installation("studio");
  std::string before, after;
  for (int n = 1; n <= 20; ++n) {
    before += "line " + std::to_string(n) + "\n";
    after += (n == 3 ? "another line 3" : "line " + std::to_string(n)) + std::string("\n");
    if (n == 15) after += "a new line\n";
  }
  base_ = github_.add_commit(kRepository, "", {{"src/a.py", before}, {"README.md", "# Pipeline\n"}});
  github_.set_branch(kRepository, "main", base_);
  head_ = github_.add_commit(kRepository, base_, {{"src/a.py", after}});
  FakeGithub::NewPull pull;
  pull.head_sha = head_;
  github_.person_opens_pull(kRepository, "maya", pull);
  github_.person_opens_issue(kRepository, "maya", "A wish", "Frame ranges");
  bot_token_ = github_.add_installation_token(installation_);
}

Answered FakeGithubTest::send(const http::ClientRequest& request) {
  http::Client client(github_.url());
  const auto answer = client.send(request);
  if (!answer) return {};
  return {answer->status, Json::parse(answer->body, nullptr, false), answer->headers};
}

Answered FakeGithubTest::ask_as(const std::string& token, const std::string& method, const std::string& path,
                                const Json& body) {
  http::ClientRequest request{method, path, {{"User-Agent", "tests"}}, body.is_null() ? "" : body.dump()};
  if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
  return send(request);
}

Answered FakeGithubTest::ask(const std::string& method, const std::string& path, const Json& body) {
  return ask_as(bot_token_, method, path, body);
}

Answered FakeGithubTest::graphql(const std::string& query, const Json& variables) {
  return post("/graphql", {{"query", query}, {"variables", variables}});
}

std::string FakeGithubTest::jwt(std::chrono::seconds issued, std::chrono::seconds expires) {
  return app_jwt(app_key(), {"4242", clock_.now() + issued, clock_.now() + expires});
}

Answered FakeGithubTest::comment_on_line(int line, const std::string& words, const Json& more) {
  Json body{{"path", "src/a.py"}, {"line", line}, {"body", words}, {"commit_id", head_}};
  body.update(more);
  return post(in_pull("/comments"), body);
}

}  // namespace greenroom::testing
