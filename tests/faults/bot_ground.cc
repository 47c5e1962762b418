#include "tests/faults/bot_ground.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "lib/base/hash.h"
#include "lib/hosts/local/payload.h"
#include "lib/hosts/local/practice.h"
#include "tests/line/ports.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

constexpr std::string_view kPractice = R"(
INSERT INTO local_host.account (login, display_name, kind) VALUES
    ('greenroom', 'Greenroom', 'bot'), ('maya', 'Maya', 'person'), ('ben', 'Ben', 'person');
INSERT INTO local_host.repository (full_name) VALUES ('studio/pipeline');
INSERT INTO local_host.member VALUES (1, 3, 'write');
INSERT INTO local_host.item (repository_id, number, kind, author_id, title)
    VALUES (1, 2, 'issue', 3, 'Add a frame range');
)";

constexpr std::string_view kEndLeases =
    "UPDATE effect SET lease_until = now() - interval '1 second' WHERE lease_until > now()";

constexpr std::string_view kEndPauses = R"(
UPDATE effect SET not_before = NULL WHERE not_before IS NOT NULL;
UPDATE delivery SET not_before = NULL WHERE state = 'stored' AND not_before IS NOT NULL;
)";

constexpr const char* kSettled =
    "SELECT NOT EXISTS (SELECT FROM delivery WHERE state = 'stored') "
    "AND NOT EXISTS (SELECT FROM review WHERE settled_version < dirty_version) "
    "AND NOT EXISTS (SELECT FROM effect WHERE state IN ('pending', 'sending', 'in_doubt')) AS answer";

model::Account person(std::int64_t id, const std::string& login) {
  return {id, login, "", model::Account::Kind::person};
}

}  // namespace

BotGround::BotGround() : listen_("127.0.0.1:" + std::to_string(free_port())) {
  database_.script(kPractice);
  const auto database = "database: {conninfo: \"" + database_.conninfo() + "\"}\n";
  const auto rest = "state: {directory: \"" + directory() + "\"}\n" + database +
                    "templates: {directory: \"" GREENROOM_SOURCE_DIR
                    "/templates\"}\n"
                    "redis: {socket: \"" +
                    directory() +
                    "/no-redis-here.sock\"}\n"
                    "local: {git_root: \"" +
                    directory() + "/git\"}\n";
  directory_.write("bot.yml", rest + "bot: {marker_key: a-key, poll_seconds: 1}\n");
  directory_.write("listening.yml", rest + "bot: {marker_key: a-key, poll_seconds: 1, listen: \"" + listen_ + "\"}\n");
  directory_.write("keyless.yml", rest);
  directory_.write("nowhere.yml", "state: {directory: \"" + directory() + "\"}\n" +
                                      "templates: {directory: \"" GREENROOM_SOURCE_DIR
                                      "/templates\"}\n"
                                      "database: {conninfo: \"host=/nonexistent dbname=none\"}\n"
                                      "bot: {marker_key: a-key, listen: \"" +
                                      listen_ + "\"}\n");
}

http::Response BotGround::ask(const std::string& path) {
  return http::Client("http://" + listen_).send({"GET", path, {}, ""}).value();
}

std::unique_ptr<Child> BotGround::start(const std::string& crash_at, const std::string& configuration) {
  const auto ready = directory() + "/run/bot.ready";
  std::filesystem::remove(ready);
  std::map<std::string, std::string> environment{{"GREENROOM_CONFIG", directory() + "/" + configuration},
                                                 {"PATH", "/usr/bin:/bin"}};
  if (!crash_at.empty()) environment["GREENROOM_CRASH_AT"] = crash_at;
  const auto log = directory() + "/bot-" + std::to_string(++starts_) + ".log";
  auto bot =
      std::make_unique<Child>(std::vector<std::string>{GREENROOM_BINARY_DIR "/bin/greenroom-bot"}, environment, log);
  EXPECT_TRUE(wait_until([&] {
    return std::filesystem::exists(ready) || !bot->running() || configuration != "bot.yml";
  })) << directory_.read("bot-" + std::to_string(starts_) + ".log");
  return bot;
}

std::string BotGround::log_of(const Child& bot) const {
  std::ifstream file(bot.log());
  return {std::istreambuf_iterator<char>(file), {}};
}

bool BotGround::was_killed(Child& bot) {
  const auto status = bot.wait(std::chrono::seconds(30));
  return status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL;
}

bool BotGround::end_leases_of_the_dead() {
  const bool gone = wait_until([&] {
    return count("pg_stat_activity WHERE datname = current_database() AND application_name = 'greenroom-bot'") == 0;
  });
  database_.script(kEndLeases);
  return gone;
}

void BotGround::deliver(const model::Event& event) {
  const auto body = hosts::local::encode(event);
  const pg::Query insert{"test/deliver",
                         "WITH stored AS (INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) "
                         "VALUES ($1, 'local', $2, $3, $4) RETURNING id) "
                         "SELECT pg_notify('greenroom_delivery', id::text) FROM stored"};
  const auto rows =
      database_.connection().run(insert, {random_hex(16), random_hex(16), model::name_of(event.kind), pg::Bytes{body}});
  if (!rows) throw std::runtime_error(rows.error().describe());
}

void BotGround::push(const std::string& head, model::EventKind kind) {
  const std::string state = kind == model::EventKind::change_merged ? "merged" : "open";
  database_.script(
      "INSERT INTO local_host.item (repository_id, number, kind, author_id, title, head_ref, base_ref, "
      "head_sha, base_sha) VALUES (1, 1, 'change', 2, 'Collect shots', 'maya/first', 'main', '" +
      head +
      "', repeat('b', 40)) ON CONFLICT (repository_id, number) DO UPDATE SET head_sha = excluded.head_sha;"
      "UPDATE local_host.item SET state = '" +
      state + "' WHERE number = 1");
  model::Event event;
  event.kind = kind;
  event.at = system_clock().now();
  event.repository = {"local", 1, "studio/pipeline", "main"};
  event.actor = person(2, "maya");
  event.change = model::ChangeFacts{1,    "Collect shots",      "",          "maya/first", "main",
                                    head, std::string(40, 'b'), event.actor, false,        false};
  deliver(event);
}

void BotGround::comment_on_issue(const std::string& body) {
  const pg::Query insert{"test/comment",
                         "INSERT INTO local_host.comment (repository_id, number, author_id, body) "
                         "VALUES (1, 2, 3, $1) RETURNING id"};
  const auto rows = database_.connection().run(insert, {body});
  if (!rows) throw std::runtime_error(rows.error().describe());
  model::Event event;
  event.kind = model::EventKind::comment_created;
  event.at = system_clock().now();
  event.repository = {"local", 1, "studio/pipeline", "main"};
  event.actor = person(3, "ben");
  event.issue = model::IssueFacts{2, "Add a frame range", "", event.actor, {}};
  event.comment = model::CommentFacts{(*rows)[0].integer("id"), body, "", model::CommentFacts::Place::issue, ""};
  deliver(event);
}

void BotGround::comment_on_issue_unheard(const std::string& body) {
  const auto said = hosts::local::write_comment(database_.connection(), 1, 2, 3, body, std::nullopt);
  if (!said) throw std::runtime_error(said.error().describe());
}

void BotGround::deliver_garbage() {
  database_.script(
      "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) VALUES "
      "(repeat('0', 32), 'local', 'garbage', 'change_opened', 'no JSON')");
}

void BotGround::finish_jobs(const std::string& fingerprint) {
  database_.script(R"(
    WITH ended AS (
      UPDATE job SET state = 'finished', finished_at = now(), lease_epoch = 1, attempts = 1
      WHERE state = 'queued' RETURNING id, change_id
    ), checked AS (
      INSERT INTO check_run (job_id, lease_epoch, position, name, kind, state, headline, finished_at)
      SELECT id, 1, 0, 'flake8', 'lint', 'attention', '1 to look at', now() FROM ended
    ), found AS (
      INSERT INTO finding (job_id, check_name, tool, code, severity, path, line, message, placement, line_text,
                           hunk_first_line, hunk_last_line, fingerprint)
      SELECT id, 'flake8', 'flake8', 'F401', 'warning', 'src/a.py', 3, '''os'' imported but unused', 'author_line',
             'import os', 1, 9, ')" +
                   fingerprint + R"(' FROM ended
    )
    UPDATE review SET dirty_version = dirty_version + 1 WHERE change_id IN (SELECT change_id FROM ended);
    SELECT pg_notify('greenroom_review', '');
  )");
}

bool BotGround::settles() {
  return wait_until(
      [&] {
        if (answer(kSettled) == "t") return true;
        database_.script(kEndPauses);
        return false;
      },
      std::chrono::seconds(60));
}

void BotGround::assert_nothing_lost_and_nothing_twice() {
  EXPECT_EQ(count("delivery WHERE state NOT IN ('done', 'ignored', 'failed')"), 0) << "I1";
  EXPECT_EQ(count("(SELECT 1 FROM local_host.ledger GROUP BY effect_key HAVING count(*) > 1) twice"), 0) << "I2";
  EXPECT_EQ(count("effect WHERE state = 'done' AND kind LIKE 'create%' AND NOT EXISTS "
                  "(SELECT FROM local_host.ledger WHERE effect_key = effect.key)"),
            0)
      << "I2";
  EXPECT_EQ(count("(SELECT 1 FROM job WHERE state IN ('queued', 'leased') GROUP BY change_id, head_sha "
                  "HAVING count(*) > 1) twice"),
            0);
}

}  // namespace greenroom::testing
