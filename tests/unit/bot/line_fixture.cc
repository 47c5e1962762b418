#include "tests/unit/bot/line_fixture.h"

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/hosts/hosts.h"
#include "lib/hosts/local/payload.h"
#include "lib/pg/query.h"
#include "lib/review/review.h"

namespace greenroom::bot {
namespace {

constexpr std::string_view kPeople = R"(
INSERT INTO local_host.account (login, display_name, kind) VALUES
    ('greenroom', 'Greenroom', 'bot'), ('maya', 'Maya', 'person'), ('ben', 'Ben Ortiz', 'person'), ('rosa', '', 'person');
INSERT INTO local_host.repository (full_name) VALUES ('studio/pipeline');
INSERT INTO local_host.member VALUES (1, 3, 'write');
INSERT INTO local_host.item (repository_id, number, kind, author_id, title, head_ref, base_ref, head_sha, base_sha)
    VALUES (1, 1, 'change', 2, 'Collect shots', 'maya/first', 'main', repeat('a', 40), repeat('b', 40)),
           (1, 2, 'issue', 3, 'Add a frame range', NULL, NULL, NULL, NULL);
)";

}  // namespace

BotTest::BotTest() : pool_(database_.options_as("greenroom_bot"), 4), host_time_(clock_.now()) {
  settings_.marker_key = Secret("the marker key of this test");
  settings_.approval.required = ApprovalRule::Required::never;  // approval_test.cc is about the others
  settings_.dashboard_url = "http://127.0.0.1:8080";
  database_.script(kPeople);
  hosts_["local"] = hosts::local::make_host(pool_, "greenroom");
}

void BotTest::tick() { host_time_ += std::chrono::seconds(1); }

model::Account BotTest::account(std::int64_t id) const {
  const char* logins[] = {"", "greenroom", "maya", "ben", "rosa"};
  const char* names[] = {"", "Greenroom", "Maya", "Ben Ortiz", ""};
  const auto kind = id == kBot ? model::Account::Kind::bot : model::Account::Kind::person;
  return {id, logins[id], names[id], kind};
}

model::Event BotTest::change_event(model::EventKind kind, const std::string& head) {
  tick();
  model::Event event;
  event.kind = kind;
  event.at = host_time_;
  event.repository = {"local", 1, "studio/pipeline", "main"};
  event.actor = account(kMaya);
  event.change = model::ChangeFacts{1,    "Collect shots",      "",          "maya/first", "main",
                                    head, std::string(40, 'b'), event.actor, false,        false};
  return event;
}

model::Event BotTest::comment_event(const std::string& body, std::int64_t author) {
  auto event = change_event(model::EventKind::comment_created);
  event.actor = account(author);
  const pg::Query insert{"test/comment",
                         "INSERT INTO local_host.comment (repository_id, number, author_id, body) "
                         "VALUES (1, 1, $1, 'said') RETURNING id"};
  const auto rows = database_.connection().run(insert, {author});
  if (!rows) throw std::runtime_error(rows.error().describe());
  const auto id = (*rows)[0].integer("id");
  event.comment = model::CommentFacts{id, body, "", model::CommentFacts::Place::change, ""};
  return event;
}

model::Event BotTest::issue_comment_event(const std::string& body, std::int64_t author) {
  auto event = comment_event(body, author);
  event.change.reset();
  event.issue = model::IssueFacts{2, "Add a frame range", "", account(kBen), {}};
  event.comment->place = model::CommentFacts::Place::issue;
  database_.script("UPDATE local_host.comment SET number = 2 WHERE id = " +
                   std::to_string(event.comment->host_comment_id));
  return event;
}

std::int64_t BotTest::deliver_body(const std::string& body, const std::string& host) {
  const pg::Query insert{"test/deliver",
                         "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) "
                         "VALUES ($1, $2, $3, 'event', $4) RETURNING id"};
  const auto rows = database_.connection().run(insert, {random_hex(16), host, random_hex(16), pg::Bytes{body}});
  if (!rows) throw std::runtime_error(rows.error().describe());
  return (*rows)[0].integer("id");
}

std::int64_t BotTest::deliver(const model::Event& event) { return deliver_body(hosts::local::encode(event)); }

void BotTest::take_all() {
  Intake intake(
      pool_, hosts_, settings_, clock_, [&](model::JobId job) { announced_.push_back(job); }, [](std::string_view) {});
  for (;;) {
    const auto step = intake.take_one();
    ASSERT_TRUE(step) << step.error().describe();
    if (*step == Step::nothing) return;
  }
}

model::WantedReview BotTest::review_with_thread(const std::string& fingerprint, const std::string& head) {
  model::WantedReview wanted;
  wanted.head_sha = head;
  wanted.summary = "### One thing to look at\n";
  wanted.threads.push_back({fingerprint, "flake8/F401", "src/a.py", 3, 0, "**Remove the import**"});
  wanted.live_fingerprints = {fingerprint};
  wanted.findings_known = true;
  wanted.statuses.push_back(
      {"greenroom/flake8", model::WantedStatus::State::neutral, "1 to look at", "/jobs/1#flake8"});
  return wanted;
}

void BotTest::want(const model::WantedReview& wanted) {
  const pg::Query update{"test/want",
                         "UPDATE review SET wanted = $1, dirty_version = dirty_version + 1, "
                         "wanted_version = dirty_version + 1"};
  const auto rows = database_.connection().run(update, {review::to_json(wanted)});
  if (!rows) throw std::runtime_error(rows.error().describe());
}

CrashPoint BotTest::dying_at(std::string name) {
  return [name = std::move(name)](std::string_view point) {
    if (point == name) throw Crash{};
  };
}

void BotTest::post_all(const std::string& crash_at) {
  Planner planner(pool_);
  Sender sender(pool_, hosts_, settings_, clock_, dying_at(crash_at));
  for (;;) {
    const auto planned = planner.plan_one();
    ASSERT_TRUE(planned) << planned.error().describe();
    const auto sent = sender.send_one();
    ASSERT_TRUE(sent) << sent.error().describe();
    if (*planned == Step::nothing && *sent == Step::nothing) return;
  }
}

void BotTest::end_leases() {
  database_.script(
      "UPDATE effect SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL;"
      "UPDATE effect SET not_before = NULL; UPDATE delivery SET not_before = NULL");
}

std::vector<std::string> BotTest::ledger() {
  const auto all = answer("SELECT coalesce(string_agg(action, ',' ORDER BY id), '') AS answer FROM local_host.ledger");
  std::vector<std::string> actions;
  if (all.empty()) return actions;
  for (const auto part : split(all, ',')) actions.emplace_back(part);
  return actions;
}

}  // namespace greenroom::bot
