#include "lib/bot/intake.h"

#include <gmock/gmock.h>

#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class IntakeTest : public BotTest {
 protected:
  std::string state(std::int64_t delivery) {
    return answer("SELECT state AS answer FROM delivery WHERE id = " + std::to_string(delivery));
  }
  std::string jobs() {
    return answer(
        "SELECT coalesce(string_agg(left(head_sha, 1) || ' ' || state, ',' ORDER BY id), '') AS answer FROM job");
  }
};

TEST_F(IntakeTest, AnOpenedChangeBecomesAJobAndAGreetingInOneStep) {
  const auto delivery = deliver(change_event());
  take_all();
  EXPECT_EQ(state(delivery), "done");
  EXPECT_EQ(jobs(), "a queued");
  EXPECT_THAT(announced_, SizeIs(1));
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM greeting"), "1");
  EXPECT_THAT(answer("SELECT markdown AS answer FROM section WHERE name = 'welcome'"), HasSubstr("Welcome, Maya"));
  EXPECT_EQ(answer("SELECT dirty_version > wanted_version AS answer FROM review"), "t");
  EXPECT_EQ(
      answer("SELECT count(DISTINCT trace_id) AS answer FROM (SELECT trace_id FROM delivery UNION ALL SELECT "
             "trace_id FROM event UNION ALL SELECT trace_id FROM job UNION ALL SELECT trace_id FROM review) line"),
      "1");
  EXPECT_THAT(answer("SELECT decisions::text AS answer FROM event"), HasSubstr("run_checks"));
}

TEST_F(IntakeTest, TheSameHeadIsNotQueuedTwice) {
  happen(change_event());
  happen(change_event(EventKind::change_updated));
  EXPECT_EQ(jobs(), "a queued");
}

TEST_F(IntakeTest, ANewPushCancelsTheOldHead) {
  happen(change_event());
  happen(change_event(EventKind::change_updated, kSecondHead));
  EXPECT_EQ(jobs(), "a cancelled,c queued");
  EXPECT_EQ(answer("SELECT reason AS answer FROM job WHERE state = 'cancelled'"), "superseded by ccccccc");
}

TEST_F(IntakeTest, ALeasedJobOfTheOldHeadIsAskedToStop) {
  happen(change_event());
  database_.script(
      "UPDATE job SET state = 'leased', lease_epoch = 1, attempts = 1, lease_until = now() + interval '30 s'");
  happen(change_event(EventKind::change_updated, kSecondHead));
  EXPECT_EQ(answer("SELECT state || ' ' || (cancel_requested_at IS NOT NULL) AS answer FROM job ORDER BY id LIMIT 1"),
            "leased true");
}

TEST_F(IntakeTest, AForcePushBackToACancelledHeadRunsAgain) {
  happen(change_event());
  happen(change_event(EventKind::change_updated, kSecondHead));
  happen(change_event(EventKind::change_updated, kFirstHead));
  EXPECT_EQ(jobs(), "a cancelled,c cancelled,a queued");
  EXPECT_EQ(answer("SELECT max(run) AS answer FROM job WHERE head_sha = repeat('a', 40)"), "2");
}

TEST_F(IntakeTest, ASecondRunOfAHeadStandsBehindThoseWhoWaitForTheirFirstAnswer) {
  const auto priorities = [&] {
    return answer("SELECT string_agg(left(head_sha, 1) || run || ' ' || priority, ',' ORDER BY id) AS answer FROM job");
  };
  happen(change_event());
  database_.script("UPDATE job SET state = 'finished', finished_at = now()");
  happen(comment_event("/run"));
  EXPECT_EQ(priorities(), "a1 2,a2 1");
  happen(change_event(EventKind::change_updated, kSecondHead));
  EXPECT_EQ(priorities(), "a1 2,a2 1,c1 2");
}

TEST_F(IntakeTest, AnOlderEventThatArrivesLateChangesNothing) {
  const auto opened = change_event();
  const auto updated = change_event(EventKind::change_updated, kSecondHead);
  happen(updated);
  const auto late = deliver(opened);
  take_all();
  EXPECT_EQ(state(late), "done");
  EXPECT_EQ(jobs(), "c queued");
  EXPECT_EQ(answer("SELECT left(head_sha, 1) AS answer FROM change"), "c");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM greeting"), "1");
}

TEST_F(IntakeTest, ClosingCancelsEverythingAndReopeningRunsAgain) {
  happen(change_event());
  happen(change_event(EventKind::change_closed));
  EXPECT_EQ(jobs(), "a cancelled");
  EXPECT_EQ(answer("SELECT state AS answer FROM change"), "closed");
  happen(change_event(EventKind::change_opened));
  EXPECT_EQ(jobs(), "a cancelled,a queued");
  EXPECT_EQ(answer("SELECT state AS answer FROM change"), "open");
}

TEST_F(IntakeTest, ADraftWaits) {
  auto event = change_event();
  event.change->draft = true;
  happen(event);
  EXPECT_EQ(jobs(), "");
  happen(change_event(EventKind::change_readied));
  EXPECT_EQ(jobs(), "a queued");
}

TEST_F(IntakeTest, GreetsAPersonOncePerProjectWhateverTheirLogin) {
  happen(change_event());
  auto second = change_event(EventKind::change_opened, kSecondHead);
  second.change->number = 9;
  second.actor.login = second.change->author.login = "maya-renamed";
  happen(second);
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM section WHERE name = 'welcome'"), "1");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM person WHERE host_account_id = 2"), "1");
}

TEST_F(IntakeTest, ACommentOnAChangeNobodyAnnouncedIntroducesItFirst) {
  const auto delivery = deliver(comment_event("hello"));
  take_all();
  EXPECT_EQ(state(delivery), "done");
  EXPECT_EQ(jobs(), "a queued");
  EXPECT_EQ(answer("SELECT string_agg(kind, ',' ORDER BY id) AS answer FROM event"), "change_opened,comment_created");
}

TEST_F(IntakeTest, RunsAgainForTheAuthorAndForTriagersOnly) {
  happen(change_event());
  database_.script("UPDATE job SET state = 'finished', finished_at = now()");
  happen(comment_event("/run", kRosa));
  EXPECT_EQ(jobs(), "a finished");
  happen(comment_event("/run", kMaya));
  EXPECT_EQ(jobs(), "a finished,a queued");
  happen(comment_event("/run", kBen));
  EXPECT_EQ(jobs(), "a finished,a queued");  // one is under way already
}

TEST_F(IntakeTest, IgnoresItsOwnWords) {
  happen(change_event());
  database_.script("UPDATE job SET state = 'finished', finished_at = now()");
  happen(comment_event("/run", kBot));
  EXPECT_EQ(jobs(), "a finished");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM human_reply"), "0");
}

TEST_F(IntakeTest, RemembersWhoAnsweredAndWhoResolved) {
  happen(change_event());
  database_.script(
      "INSERT INTO posted (repository_id, target_kind, number, slot, host_ref) VALUES "
      "((SELECT id FROM repository), 'change', 1, 'thread/f1', '77')");
  auto answered = comment_event("I see", kMaya);
  answered.comment->thread = "77";
  happen(answered);
  EXPECT_EQ(answer("SELECT answered AS answer FROM posted"), "t");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM human_reply"), "1");
  auto resolved = answered;
  tick();
  resolved.kind = EventKind::thread_resolved;
  happen(resolved);
  EXPECT_EQ(answer("SELECT state AS answer FROM posted"), "resolved_by_person");
}

TEST_F(IntakeTest, RemembersWhichWordsAskSomebody) {
  const auto said = [this](const std::string& body, std::int64_t who, const std::string& thread = "") {
    tick();
    auto event = comment_event(body, who);
    event.comment->thread = thread;
    happen(event);
    return answer("SELECT asks::text AS answer FROM human_reply ORDER BY id DESC LIMIT 1");
  };
  happen(change_event());
  EXPECT_EQ(said("I will mend it tonight.", kMaya), "false");
  EXPECT_EQ(said("Why is that?", kMaya), "true");
  EXPECT_EQ(said("@ben-ortiz I am stuck", kMaya), "true");
  EXPECT_EQ(said("/buddy", kMaya), "true");
  EXPECT_EQ(said("/run", kMaya), "false");
  EXPECT_EQ(said("Done.", kMaya, "77"), "false") << "nobody else wrote in that thread";
  EXPECT_EQ(said("A name would help here.", kBen, "77"), "true") << "Maya did";
  EXPECT_EQ(said("Done.", kMaya, "77"), "true") << "a reply to Ben";
  EXPECT_EQ(said("Done.", kMaya, "78"), "false") << "another thread";
  EXPECT_EQ(said("Done.", kMaya), "false") << "the conversation is no thread";
}

TEST_F(IntakeTest, RemembersWhoseWordsAreTheProjects) {
  const auto said_by = [this](std::int64_t who) {
    tick();
    happen(comment_event("Looks good.", who));
    return answer("SELECT of_project::text AS answer FROM human_reply ORDER BY id DESC LIMIT 1");
  };
  happen(change_event());
  EXPECT_EQ(said_by(kBen), "true") << "he may write";
  EXPECT_EQ(said_by(kRosa), "false") << "another newcomer";
  EXPECT_EQ(said_by(kMaya), "false") << "the author";
  database_.script(
      "INSERT INTO buddy_assignment (change_id, person_id, why, ended_at) SELECT change.id, person.id, 'asked', now() "
      "FROM change, person WHERE login = 'rosa'");
  EXPECT_EQ(said_by(kRosa), "true") << "she was asked to help with this change";
  database_.script(
      "DELETE FROM buddy_assignment; INSERT INTO buddy (repository_id, person_id) SELECT repository.id, person.id FROM "
      "repository, person WHERE login = 'rosa'");
  EXPECT_EQ(said_by(kRosa), "true") << "she is on the roster";
  EXPECT_EQ(answer("SELECT string_agg(person.login, ',' ORDER BY r.id) AS answer FROM human_reply r JOIN person ON "
                   "person.id = r.person_id WHERE NOT r.of_project"),
            "rosa,maya")
      << "what was said before stays what it was";
}

TEST_F(IntakeTest, JudgesAnEditedCommentAnew) {
  happen(change_event());
  auto comment = comment_event("I will look at it.", kMaya);
  happen(comment);
  const auto edited = [&](const std::string& body, std::int64_t who, int seconds = 1) {
    for (int i = 0; i < seconds; ++i) tick();
    auto edit = comment;
    edit.kind = EventKind::comment_edited;
    edit.at = host_time_;
    edit.actor = account(who);
    edit.comment->previous_body = comment.comment->body;
    edit.comment->body = body;
    happen(edit);
    return answer(
        "SELECT asks || ' ' || coalesce(extract(epoch FROM asked_at - at)::integer::text, '-') AS answer "
        "FROM human_reply");
  };
  EXPECT_EQ(edited("Should I look at it?", kBen), "false -") << "only their own words are theirs";
  EXPECT_EQ(edited("Should I look at it?", kMaya), "true 2") << "it asks since the edit";
  EXPECT_EQ(edited("Shall I look at it?", kMaya), "true 2") << "and not anew for a mended word";
  EXPECT_EQ(edited("I looked at it.", kMaya), "false 2") << "taken back";
  EXPECT_EQ(edited("May I ask again?", kMaya), "true 5");
  auto late = comment;
  late.kind = EventKind::comment_edited;
  late.comment->body = "An older wording, told late.";
  late.at = comment.at + std::chrono::seconds(1);
  happen(late);
  EXPECT_EQ(answer("SELECT asks::text AS answer FROM human_reply"), "true");
}

TEST_F(IntakeTest, FailsADeliveryThatCannotBeReadAndGoesOn) {
  const auto broken = deliver_body("{}");
  const auto unknown = deliver_body("{}", "elsewhere");
  const auto good = deliver(change_event());
  take_all();
  EXPECT_EQ(state(broken), "failed");
  EXPECT_EQ(state(unknown), "failed");
  EXPECT_EQ(state(good), "done");
  EXPECT_THAT(answer("SELECT error AS answer FROM delivery ORDER BY id LIMIT 1"), HasSubstr("event"));
}

TEST_F(IntakeTest, FailsADeliveryOverWhichFiveBotsDied) {
  const auto poison = deliver(change_event());
  for (int i = 0; i < kMaxDeliveryAttempts; ++i) {
    Intake intake(
        pool_, hosts_, settings_, clock_, [](model::JobId) {}, dying_at("after_delivery_claim"));
    EXPECT_THROW((void)intake.take_one(), Crash);
    end_leases();
  }
  EXPECT_EQ(state(poison), "stored");
  take_all();
  EXPECT_EQ(state(poison), "failed");
  EXPECT_THAT(answer("SELECT error AS answer FROM delivery"), HasSubstr("stopped several times"));
}

TEST_F(IntakeTest, ADeathBeforeTheCommitLeavesNothingAndTheNextBotDoesItAll) {
  const auto delivery = deliver(change_event());
  Intake dying(
      pool_, hosts_, settings_, clock_, [](model::JobId) {}, dying_at("before_delivery_commit"));
  EXPECT_THROW((void)dying.take_one(), Crash);
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM event"), "0");
  EXPECT_EQ(state(delivery), "stored");
  end_leases();
  take_all();
  EXPECT_EQ(state(delivery), "done");
  EXPECT_EQ(jobs(), "a queued");
}

TEST_F(IntakeTest, ADeliveryUnderLeaseIsNobodyElses) {
  deliver(change_event());
  Intake dying(
      pool_, hosts_, settings_, clock_, [](model::JobId) {}, dying_at("after_delivery_claim"));
  EXPECT_THROW((void)dying.take_one(), Crash);
  take_all();
  EXPECT_EQ(jobs(), "");
  end_leases();
  take_all();
  EXPECT_EQ(jobs(), "a queued");
}

TEST_F(IntakeTest, WaitsForAHostThatIsAway) {
  // Permission is asked of the host: without its account table that fails like a host that is down.
  happen(change_event());
  const auto delivery = deliver(comment_event("/run"));
  class Away final : public hosts::Host {
   public:
    std::int64_t bot_account_id() const override { return 1; }
    std::string bot_login() const override { return "greenroom"; }
    Result<std::string> perform(const model::Effect&) override { return transient("away"); }
    Result<std::vector<hosts::Standing>> standing(const model::Target&, const Secret&) override {
      return transient("away");
    }
    Result<hosts::Permission> permission(std::int64_t, std::int64_t) override { return transient("away"); }
    Result<std::vector<Head>> open_heads(std::int64_t) override { return transient("away"); }
    Result<Deeds> deeds_since(std::int64_t, const std::string&) override { return transient("away"); }
    Result<std::vector<model::RepositoryFacts>> repositories() override { return transient("away"); }
    Result<model::Event> describe(std::int64_t, std::int64_t) override { return transient("away"); }
  };
  auto real = std::move(hosts_["local"]);
  hosts_["local"] = std::make_unique<Away>();
  for (int i = 0; i < 2 * kMaxDeliveryAttempts; ++i) {
    take_all();
    end_leases();
  }
  EXPECT_EQ(state(delivery), "stored");
  hosts_["local"] = std::move(real);
  take_all();
  EXPECT_EQ(state(delivery), "done");
}

}  // namespace
}  // namespace greenroom::bot
