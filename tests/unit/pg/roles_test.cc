#include "lib/pg/roles.h"

#include <gtest/gtest.h>

#include "lib/base/text.h"
#include "lib/pg/migrate.h"
#include "tests/support/test_database.h"

namespace greenroom::pg {
namespace {

using testing::TestDatabase;

// One row of everything, so that a right is refused by permission and not by a missing row.
constexpr std::string_view kLine = R"(
  INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) VALUES (repeat('a', 32), 'local', 'd1', 'push', 'b');
  INSERT INTO repository (host, host_repository_id, full_name, default_branch) VALUES ('local', 1, 'a/b', 'main');
  INSERT INTO person (host, host_account_id, login) VALUES ('local', 1, 'ada');
  INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha, opened_at)
    VALUES (1, 1, 1, 't', 'h', 'main', repeat('1', 40), repeat('2', 40), now());
  INSERT INTO job (trace_id, change_id, head_sha, base_sha) VALUES (repeat('a', 32), 1, repeat('1', 40), repeat('2', 40));
)";

struct Case {
  std::string role, sql;
};

const std::vector<Case> kAllowed{
    {"webhook",
     "INSERT INTO delivery (trace_id, host, host_delivery, event_name, headers, body) "
     "VALUES (repeat('b', 32), 'local', 'd1', 'push', '{}', 'x') ON CONFLICT DO NOTHING"},
    {"webhook", "SELECT id, state FROM delivery WHERE host = 'local' AND host_delivery = 'd1'"},
    {"webhook", "NOTIFY greenroom_delivery"},
    {"bot", "SELECT body FROM delivery"},
    {"bot", "UPDATE delivery SET state = 'done', settled_at = now()"},
    {"bot",
     "INSERT INTO effect (trace_id, repository_id, target_kind, number, key, kind, payload) "
     "VALUES ('t', 1, 'change', 1, 'k', 'say', '{}')"},
    {"bot", "DELETE FROM timer"},
    {"bot", "INSERT INTO local_host.ledger (repository_id, number, action, effect_key) VALUES (1, 1, 'say', 'k')"},
    {"bot", "SELECT event FROM local_host.journal"},
    {"bot", "DELETE FROM local_host.journal"},
    {"bot", "INSERT INTO poll_cursor (host, host_repository_id, cursor) VALUES ('local', 1, '7')"},
    {"runner", "UPDATE job SET state = 'leased', lease_epoch = 1, lease_until = now(), attempts = 1"},
    {"runner",
     "INSERT INTO check_run (job_id, lease_epoch, position, name, kind, state) VALUES (1, 1, 1, 'flake8', 'lint', "
     "'passed')"},
    {"runner",
     "INSERT INTO review (change_id, trace_id) VALUES (1, 't') "
     "ON CONFLICT (change_id) DO UPDATE SET dirty_version = review.dirty_version + 1, "
     "trace_id = EXCLUDED.trace_id"},
    {"runner", "DELETE FROM finding WHERE job_id = 1"},
    {"runner", "INSERT INTO queue_turn (repository_id, served_at) VALUES (1, now())"},
    {"runner", "SELECT file_name, content, may_run FROM practice_try"},
    {"runner", "INSERT INTO read_access (job_id, lease_epoch, public_key) VALUES (1, 0, sha256('k'))"},
    {"bot", "UPDATE read_access SET sealed = 'x', not_before = now()"},
    {"bot", "DELETE FROM practice_try WHERE queued_at < now()"},
    {"dashboard", "SELECT * FROM practice_try"},
    {"dashboard", "SELECT * FROM job JOIN check_run ON job_id = job.id"},
    {"dashboard", "UPDATE buddy SET capacity = 1"},
    {"bot", "INSERT INTO connection (host, host_repository_id, full_name) VALUES ('local', 1, 'a/b')"},
    {"dashboard", "UPDATE connection SET asked_at = now()"},
    {"dashboard", "DELETE FROM session"},
    {"dashboard", "SELECT token_sha256 FROM local_host.account"},
    {"dashboard",
     "INSERT INTO local_host.push_token (account_id, token_sha256) "
     "SELECT id, repeat('a', 64) FROM local_host.account RETURNING id"},
    {"dashboard", "UPDATE local_host.push_token SET revoked_at = now()"},
    {"bot", "SELECT asks, thread FROM human_reply"},
    {"dashboard", "SELECT * FROM change_turn"},
    {"bot",
     "INSERT INTO approval (change_id, head_sha, approver_id, approved_at) VALUES (1, repeat('1', 40), 1, now())"},
};

const std::vector<Case> kRefused{
    {"dashboard", "SELECT sealed_key FROM github_app"},
    {"dashboard", "SELECT sealed_webhook_secret FROM github_app"},
    {"dashboard", "UPDATE bot_box SET public_key = sha256('k')"},
    {"dashboard", "UPDATE app_request SET failure = 'x'"},
    {"webhook", "SELECT sealed_key FROM github_app"},
    {"webhook", "UPDATE bot_box SET public_key = sha256('k')"},
    {"webhook", "SELECT * FROM app_request"},
    {"bot", "UPDATE webhook_box SET public_key = sha256('k')"},
    {"bot", "SELECT session_sha256 FROM app_request"},
    {"runner", "SELECT * FROM github_app"},
    {"dashboard", "UPDATE connection SET remarks = '[]'"},
    {"webhook", "SELECT * FROM connection"},
    {"runner", "SELECT * FROM connection"},
    {"runner", "SELECT person_id FROM practice_try"},
    {"runner", "UPDATE practice_try SET may_run = 'everything'"},
    {"runner", "UPDATE practice_try SET content = 'x'"},
    {"bot", "UPDATE read_access SET public_key = sha256('k')"},
    {"dashboard", "SELECT sealed FROM read_access"},
    {"webhook", "SELECT sealed FROM read_access"},
    {"runner", "DELETE FROM practice_try"},
    {"bot", "SELECT content FROM practice_try"},
    {"bot", "SELECT person_id FROM practice_try"},
    {"webhook", "SELECT id FROM practice_try"},
    {"dashboard", "UPDATE practice_try SET may_run = 'everything'"},
    {"dashboard", "UPDATE practice_try SET person_id = 1"},
    {"runner", "UPDATE job SET may_run = 'everything', approved_head = head_sha, approved_because = 'me'"},
    {"runner", "SELECT * FROM approval"},
    {"dashboard",
     "INSERT INTO approval (change_id, head_sha, approver_id, approved_at) VALUES (1, repeat('1', 40), 1, now())"},
    {"webhook", "SELECT body FROM delivery"},
    {"webhook", "SELECT headers FROM delivery"},
    {"webhook", "UPDATE delivery SET state = 'done'"},
    {"webhook", "DELETE FROM delivery"},
    {"webhook",
     "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body, state) "
     "VALUES (repeat('b', 32), 'local', 'd2', 'push', 'x', 'done')"},
    {"webhook", "SELECT * FROM job"},
    {"webhook", "SELECT * FROM local_host.account"},
    {"webhook", "CREATE TABLE mine (n int)"},
    {"webhook", "CREATE TEMPORARY TABLE mine (n int)"},
    {"bot", "SELECT * FROM session"},
    {"bot", "SELECT token_sha256 FROM local_host.account"},
    {"bot", "SELECT * FROM local_host.push_token"},
    {"bot", "UPDATE local_host.ledger SET action = 'x'"},
    {"bot", "INSERT INTO local_host.journal (repository_id, kind, event) VALUES (1, 'comment_created', '{}')"},
    {"bot", "DELETE FROM delivery"},
    {"bot", "DROP TABLE job"},
    {"runner", "SELECT body FROM delivery"},
    {"runner",
     "INSERT INTO effect (trace_id, repository_id, target_kind, number, key, kind, payload) "
     "VALUES ('t', 1, 'change', 1, 'k', 'say', '{}')"},
    {"runner", "SELECT * FROM effect"},
    {"runner", "SELECT * FROM session"},
    {"runner", "SELECT * FROM person"},
    {"runner", "SELECT * FROM local_host.item"},
    {"runner", "SELECT * FROM local_host.push_token"},
    {"runner", "UPDATE job SET head_sha = repeat('3', 40)"},
    {"runner", "UPDATE review SET wanted = '{}'"},
    {"runner",
     "INSERT INTO job (trace_id, change_id, head_sha, base_sha) VALUES ('t', 1, repeat('4', 40), repeat('4', 40))"},
    {"dashboard", "SELECT body FROM delivery"},
    {"dashboard",
     "INSERT INTO effect (trace_id, repository_id, target_kind, number, key, kind, payload) "
     "VALUES ('t', 1, 'change', 1, 'k', 'say', '{}')"},
    {"dashboard", "UPDATE job SET state = 'finished', finished_at = now()"},
    {"dashboard", "UPDATE review SET wanted = '{}'"},
    {"dashboard", "DELETE FROM local_host.ledger"},
    {"dashboard", "UPDATE local_host.journal SET event = '{}'"},
    {"dashboard", "UPDATE local_host.push_token SET token_sha256 = 'x'"},
    {"dashboard", "DELETE FROM local_host.push_token"},
    {"dashboard", "CREATE TABLE mine (n int)"},
};

TEST(Roles, MayDoWhatTheirServiceDoes) {
  TestDatabase db;
  db.script(kLine);
  for (const auto& one : kAllowed) {
    const auto done = db.open_as("greenroom_" + one.role)->run({one.sql, one.sql});
    EXPECT_TRUE(done) << one.role << ": " << one.sql << "\n" << done.error().describe();
  }
}

TEST(Roles, MayDoNothingElse) {
  TestDatabase db;
  db.script(kLine);
  for (const auto& one : kRefused) {
    const auto done = db.open_as("greenroom_" + one.role)->run({one.sql, one.sql});
    ASSERT_FALSE(done) << one.role << " could: " << one.sql;
    EXPECT_EQ(done.error().kind, ErrorKind::rejected) << done.error().describe();
    EXPECT_NE(done.error().message.find("42501"), std::string::npos) << one.sql << "\n" << done.error().describe();
  }
}

TEST(Roles, LoseARightThatIsNotWrittenDown) {
  TestDatabase db;
  db.script("GRANT SELECT ON session TO greenroom_webhook; GRANT UPDATE (state) ON delivery TO greenroom_webhook");
  ASSERT_TRUE(grant_roles(db.connection()));
  const auto webhook = db.open_as("greenroom_webhook");
  EXPECT_FALSE(webhook->run({"a", "SELECT * FROM session"}));
  EXPECT_FALSE(webhook->run({"b", "UPDATE delivery SET state = 'done'"}));
}

TEST(Roles, AreNotGrantedBeforeTheSchemaIsThere) {
  TestDatabase db(TestDatabase::Schema::none);
  EXPECT_FALSE(grant_roles(db.connection()));
}

TEST(RolePasswords, AreReadOnePerLine) {
  const auto read = parse_role_passwords("greenroom_bot s3cret\n\n  greenroom_webhook with space \n");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].role, "greenroom_bot");
  EXPECT_EQ((*read)[0].password.reveal(), "s3cret");
  EXPECT_EQ((*read)[1].password.reveal(), "with space");
  const auto bad = parse_role_passwords("greenroom_bot s3cret\nonly-a-role\n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().kind, ErrorKind::user_fault);
  EXPECT_NE(bad.error().message.find("line 2"), std::string::npos);
}

TEST(RolePasswords, ReachTheServerAsAVerifierOnly) {
  TestDatabase db;
  const auto outcome = db.connection().transaction([](Connection& c) -> Result<void> {
    GREENROOM_TRY(verifier, c.scram_verifier("greenroom_bot", Secret("s3cret")));
    EXPECT_TRUE(verifier.starts_with("SCRAM-SHA-256$"));
    EXPECT_EQ(verifier.find("s3cret"), std::string::npos);
    return {};
  });
  EXPECT_TRUE(outcome) << outcome.error().describe();
  ASSERT_TRUE(set_role_passwords(db.connection(), {{"greenroom_bot", Secret("s3cret")}}));
  EXPECT_EQ(db.answer("SELECT left(rolpassword, 14) AS answer FROM pg_authid WHERE rolname = 'greenroom_bot'"),
            "SCRAM-SHA-256$");
}

TEST(RolePasswords, AreOnlyForRolesOfOurs) {
  TestDatabase db;
  const auto outcome = set_role_passwords(db.connection(), {{"postgres", Secret("x")}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::user_fault);
  EXPECT_EQ(outcome.error().message.find("'x'"), std::string::npos);
}

}  // namespace
}  // namespace greenroom::pg
