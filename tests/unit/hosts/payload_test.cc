#include "lib/hosts/local/payload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "tests/unit/hosts/events.h"

namespace greenroom::hosts::local {
namespace {

using ::testing::HasSubstr;

TEST(LocalPayload, DecodesWhatItEncoded) {
  for (const auto& event : {change_event(), change_event(model::EventKind::change_merged), comment_event(),
                            comment_event(model::EventKind::thread_resolved), issue_event()}) {
    const auto body = encode(event);
    const auto back = decode(body);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(encode(*back), body);
    EXPECT_EQ(back->at, event.at);
    EXPECT_EQ(back->repository.host, "local");
  }
}

TEST(LocalPayload, KeepsEveryMemberOfAChange) {
  const auto back = decode(encode(change_event()));
  ASSERT_TRUE(back && back->change);
  EXPECT_EQ(back->change->number, 3);
  EXPECT_EQ(back->change->head_sha, std::string(40, 'a'));
  EXPECT_EQ(back->change->author.login, "maya");
  EXPECT_TRUE(back->change->trusted_author);
  EXPECT_FALSE(back->change->draft);
}

struct Broken {
  const char* pointer;
  const char* value;  // JSON; "absent" removes the member
  const char* named;  // what the error must name
};

json::Value with(const model::Event& event, const Broken& broken) {
  auto value = json::parse(encode(event)).value();
  const json::Value::json_pointer pointer(broken.pointer);
  if (std::string_view(broken.value) == "absent")
    value[pointer.parent_pointer()].erase(pointer.back());
  else
    value[pointer] = json::Value::parse(broken.value);
  return value;
}

void expect_refused(const model::Event& event, const Broken& broken) {
  const auto result = decode(json::dump(with(event, broken)));
  ASSERT_FALSE(result) << broken.pointer << " = " << broken.value;
  EXPECT_EQ(result.error().kind, ErrorKind::user_fault);
  EXPECT_THAT(result.error().message, HasSubstr(broken.named));
}

TEST(LocalPayload, NamesTheMemberThatIsWrong) {
  const Broken cases[] = {
      {"/event", "\"push\"", "event"},
      {"/event", "\"timer_due\"", "event"},
      {"/event", "7", "event"},
      {"/at", "\"yesterday\"", "at"},
      {"/repository", "absent", "repository"},
      {"/repository", "[]", "repository"},
      {"/repository/id", "0", "repository.id"},
      {"/repository/id", "\"7\"", "repository.id"},
      {"/repository/id", "1e300", "repository.id"},
      {"/repository/full_name", "\"\"", "repository.full_name"},
      {"/actor/kind", "\"admin\"", "actor.kind"},
      {"/actor/login", "\"a\\u0000b\"", "actor.login"},
      {"/change", "absent", "change"},
      {"/change/head_sha", "\"ABCD\"", "change.head_sha"},
      {"/change/base_sha", "\"../../../../etc/passwd\"", "change.base_sha"},
      {"/change/draft", "\"no\"", "change.draft"},
      {"/change/author/id", "-1", "change.author.id"},
  };
  for (const auto& broken : cases) expect_refused(change_event(), broken);
  expect_refused(comment_event(), {"/comment", "absent", "comment"});
  expect_refused(comment_event(), {"/comment/place", "\"roof\"", "comment.place"});
  expect_refused(comment_event(), {"/comment/place", "\"issue\"", "issue"});
  expect_refused(comment_event(model::EventKind::thread_resolved), {"/comment/thread", "absent", "comment.thread"});
  expect_refused(issue_event(), {"/issue/labels", "[7]", "issue.labels"});
  expect_refused(issue_event(), {"/label", "absent", "label"});
}

TEST(LocalPayload, RefusesTextsOverTheirBounds) {
  auto event = comment_event();
  event.comment->body = std::string(64 * 1024, 'x');
  EXPECT_TRUE(decode(encode(event)));
  event.comment->body += 'x';
  EXPECT_FALSE(decode(encode(event)));
}

TEST(LocalPayload, RefusesWhatIsNoObject) {
  for (const char* body : {"", "null", "[]", "7", "{", "\"text\"", "\xff"}) EXPECT_FALSE(decode(body)) << body;
}

}  // namespace
}  // namespace greenroom::hosts::local
