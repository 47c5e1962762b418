#pragma once
// A fake GitHub with one repository, its people, one open change and one issue, and a client that asks it as the bot.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "lib/http/client.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/fake_github.h"

namespace greenroom::testing {

using Json = nlohmann::json;

struct Answered {
  int status = 0;  // 0: the connection was lost
  Json body;
  http::HeaderList headers;
  std::string header(const std::string& lower_case_name) const;
  std::string message() const { return body.is_object() ? body.value("message", "") : ""; }
};

class FakeGithubTest : public ::testing::Test {
 protected:
  FakeGithubTest();

  // By the bot's installation, unless another token is said.
  Answered ask(const std::string& method, const std::string& path, const Json& body = nullptr);
  Answered ask_as(const std::string& token, const std::string& method, const std::string& path,
                  const Json& body = nullptr);
  Answered send(const http::ClientRequest& request);
  Answered get(const std::string& path) { return ask("GET", path); }
  Answered post(const std::string& path, const Json& body) { return ask("POST", path, body); }
  Answered graphql(const std::string& query, const Json& variables = Json::object());
  std::string jwt(std::chrono::seconds issued = std::chrono::seconds(-60),
                  std::chrono::seconds expires = std::chrono::minutes(9));
  Answered comment_on_line(int line, const std::string& words = "A note", const Json& more = Json::object());
  std::size_t writes() const { return github_.ledger().size(); }
  static std::string in_pull(const std::string& rest) { return "/repos/studio/pipeline/pulls/1" + rest; }
  static std::string in_issue(const std::string& rest) { return "/repos/studio/pipeline/issues/2" + rest; }
  static std::string there(const std::string& rest) { return "/repos/studio/pipeline" + rest; }

  static constexpr std::int64_t kRepository = 77, kMaya = 11, kBen = 12, kZoe = 13, kPull = 1, kIssue = 2;
  FakeClock clock_;
  FakeGithub github_;
  std::int64_t installation_ = 0;
  std::string base_, head_, bot_token_;
};

}  // namespace greenroom::testing
