#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/test_database.h"
#include "tests/unit/cli/program.h"

namespace greenroom::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Commands : public Program {
 protected:
  Commands() { folder_.write("tree/README.md", ""); }

  // The administrator's environment on a database of the test's own.
  void use(const testing::TestDatabase& database) {
    environment_["GREENROOM_DATABASE_CONNINFO"] = database.conninfo();
    const auto options = database.options();
    if (!options.password.empty()) environment_["GREENROOM_DATABASE_PASSWORD"] = options.password.reveal();
  }
};

TEST_F(Commands, HelpNamesEveryCommandAndAWrongOneIsAnExitCode) {
  const Answer help = greenroom({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* name : {"check", "explain", "rules", "config", "docs", "doctor", "version", "migrate", "seed",
                           "sign-in-link", "connect", "review", "comment", "hook"})
    EXPECT_THAT(help.out, HasSubstr(std::string("\n  ") + name + " ")) << name;
  EXPECT_EQ(greenroom({"chek"}).code, 2);
  EXPECT_EQ(greenroom({}).code, 2);
}

TEST_F(Commands, AMisspeltNameGetsOneSuggestion) {
  make_tree({});
  write("greenroom.yml", "runner: {slotz: 3}\n");
  using Words = std::vector<std::string>;
  const std::pair<Words, const char*> cases[] = {
      {{"chek"}, "there is no command 'chek'; did you mean 'check'?"},
      {{"explian", "F401"}, "there is no command 'explian'; did you mean 'explain'?"},
      {{"explain", "B06"}, "there is no lesson about 'B06'; did you mean 'B006'?"},
      {{"explain", "flak8"}, "; did you mean 'flake8'?"},
      {{"check", "flak8"}, "neither a check nor a file of this tree; did you mean 'flake8'?"},
      {{"doctor", "servr"}, "; did you mean 'server'?"}};
  for (const auto& [words, sentence] : cases) {
    const Answer answer = greenroom(words);
    EXPECT_EQ(answer.code, 2) << words[0];
    EXPECT_THAT(answer.err, HasSubstr(sentence));
  }
  environment_["GREENROOM_CONFIG"] = folder_ / "tree/greenroom.yml";
  EXPECT_THAT(greenroom({"config"}).err, HasSubstr("'runner.slotz'; did you mean 'runner.slots'?"));
}

TEST_F(Commands, ANameThatIsNearNothingGetsNoSuggestion) {
  make_tree({});
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"weather"}, {"explain", "weather"}, {"check", "weather.py"}, {"doctor", "weather"}}) {
    const Answer answer = greenroom(words);
    EXPECT_EQ(answer.code, 2) << words[0];
    EXPECT_THAT(answer.err, AllOf(HasSubstr("weather"), Not(HasSubstr("did you mean")))) << words[0];
  }
}

TEST_F(Commands, TheReferencePageIsFresh) {
  const std::string file = GREENROOM_SOURCE_DIR "/docs/commands.md", page = greenroom({"docs", "commands"}).out;
  if (std::getenv("GREENROOM_ACCEPT") != nullptr) std::ofstream(file) << page;
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), page) << file << " is stale: GREENROOM_ACCEPT=1 ./dev test -R cli";
  EXPECT_EQ(greenroom({"docs", "weather"}).code, 2);
}

TEST_F(Commands, ExplainShowsAWholeLesson) {
  const Answer answer = greenroom({"explain", "f401"});
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.out,
              AllOf(HasSubstr("Remove the import that nothing uses"), HasSubstr("Why"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(greenroom({"explain", "pytest"}).out, HasSubstr("pytest"));
  const Answer unknown = greenroom({"explain", "F999"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("'greenroom rules' lists them"));
}

TEST_F(Commands, RulesListsLessonsAndChecks) {
  EXPECT_THAT(greenroom({"rules"}).out, AllOf(HasSubstr("flake8/F401\n"), HasSubstr("shellcheck/SC2086\n")));
  EXPECT_THAT(greenroom({"rules", "--tool", "mypy"}).out,
              AllOf(HasSubstr("mypy/arg-type\n"), Not(HasSubstr("flake8/"))));
  EXPECT_THAT(greenroom({"rules", "--checks"}).out, HasSubstr("shellcheck\n"));
  EXPECT_EQ(greenroom({"rules", "--tool", "weather"}).code, 2);
}

TEST_F(Commands, ConfigShowsWhereAValueComesFromAndNoSecret) {
  environment_["GREENROOM_WEBHOOK_LISTEN"] = "127.0.0.1:9";
  environment_["GREENROOM_LOCAL_WEBHOOK_SECRET"] = "hush-hush";
  const Answer answer = greenroom({"config"});
  EXPECT_THAT(answer.out, AllOf(HasSubstr("webhook.listen = 127.0.0.1:9  (environment)"),
                                HasSubstr("local.webhook_secret = ***"), Not(HasSubstr("hush"))));
  EXPECT_EQ(greenroom({"config", "show"}).out, answer.out);
  EXPECT_EQ(greenroom({"config", "show", "more"}).code, 2);
  environment_["GREENROOM_RUNNER_SLOTS"] = "many";
  EXPECT_EQ(greenroom({"config"}).code, 2);
  EXPECT_THAT(greenroom({"config"}).err, HasSubstr("takes a whole number"));
}

TEST_F(Commands, ConfigAndDoctorNameTheTemplatesThatAreRead) {
  const auto named = [&](const std::string& folder) {
    EXPECT_THAT(greenroom({"doctor", "check"}).out, HasSubstr("lessons in " + folder + "\n"));
    return greenroom({"config"}).out;
  };
  const std::string ours = GREENROOM_SOURCE_DIR "/templates";
  EXPECT_THAT(named(ours), HasSubstr("templates.directory = " + ours + "  (environment)\n"));
  environment_["GREENROOM_TEMPLATES_DIRECTORY"] = "/no/such/folder";
  EXPECT_THAT(named(ours), HasSubstr("templates.directory = " + ours +
                                     "  (beside the program; /no/such/folder, environment, is not there)\n"));
}

TEST_F(Commands, MigrateBringsADatabaseUpToDateOnce) {
  testing::TestDatabase database(testing::TestDatabase::Schema::none);
  use(database);
  const Answer first = greenroom({"migrate"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("The database went from 0 to"));
  EXPECT_THAT(greenroom({"migrate"}).out, HasSubstr("The database is up to date"));
  EXPECT_THAT(greenroom({"migrate", "--down", "1"}).out, HasSubstr(" to 1."));
  EXPECT_EQ(greenroom({"migrate", "--down", "soon"}).code, 2);
}

TEST_F(Commands, ADatabaseThatDoesNotAnswerIsAnotherExitCode) {
  environment_["GREENROOM_DATABASE_CONNINFO"] = "host=" + folder_.path() + " dbname=none connect_timeout=2";
  EXPECT_EQ(greenroom({"migrate"}).code, 3);
  EXPECT_EQ(greenroom({"explain", "delivery", "1"}).code, 3);
  const Answer doctor = greenroom({"doctor"});
  EXPECT_EQ(doctor.code, 1);
  EXPECT_THAT(doctor.out, AllOf(HasSubstr("MISS  Postgres"), HasSubstr("ok    flake8 ")));
}

TEST_F(Commands, DoctorMissesNoServerWhereNoDatabaseIsConfigured) {
  const Answer doctor = greenroom({"doctor"});
  EXPECT_EQ(doctor.code, 0) << doctor.out;
  EXPECT_THAT(doctor.out, AllOf(HasSubstr("ok    flake8 "), HasSubstr("note  no database is configured"),
                                HasSubstr("All that 'greenroom check' needs is here."), Not(HasSubstr("MISS")),
                                Not(HasSubstr("Redis"))));
}

TEST_F(Commands, DoctorNarrowsToWhatIsAsked) {
  environment_["GREENROOM_DATABASE_CONNINFO"] = "host=" + folder_.path() + " dbname=none connect_timeout=2";
  const Answer check = greenroom({"doctor", "check"});
  EXPECT_EQ(check.code, 0) << check.out;
  EXPECT_THAT(check.out, AllOf(HasSubstr("ok    flake8 "), Not(HasSubstr("Postgres")), Not(HasSubstr("sandbox"))));
  const Answer server = greenroom({"doctor", "server"});
  EXPECT_EQ(server.code, 1);
  EXPECT_THAT(server.out, AllOf(HasSubstr("MISS  Postgres"), HasSubstr("Redis"), Not(HasSubstr("flake8"))));
}

TEST_F(Commands, DoctorSandboxIsATableOfGuarantees) {
  const Answer table = greenroom({"doctor", "sandbox"});
  EXPECT_EQ(table.code, 0) << table.out;
  EXPECT_THAT(
      table.out,
      AllOf(StartsWith("Jobs see the machine's own /usr.\nguarantee           holds           how, or why not\n"),
            HasSubstr("\nnetwork             yes             no interface but its own loopback\n"),
            HasSubstr("\nseccomp             yes  "), Not(HasSubstr("MISS"))));
  environment_["GREENROOM_SANDBOX_ROOT"] = "/no/such/root";
  EXPECT_THAT(greenroom({"doctor", "sandbox"}).err, HasSubstr("make it with './dev root /no/such/root'"));
  environment_.erase("GREENROOM_SANDBOX_ROOT");
  environment_["TMPDIR"] = "/proc";  // where no job can have a folder
  EXPECT_EQ(greenroom({"doctor", "sandbox"}).code, 0) << "nobody requires it";
  environment_["GREENROOM_RUNNER_REQUIRE"] = "scratch";
  const Answer missed = greenroom({"doctor", "sandbox"});
  EXPECT_EQ(missed.code, 1);
  EXPECT_THAT(missed.out, HasSubstr("\nscratch             no, but has to  "));
}

TEST_F(Commands, DoctorFindsTheDatabaseAndItsSchema) {
  testing::TestDatabase database;
  use(database);
  EXPECT_THAT(greenroom({"doctor"}).out, HasSubstr("ok    Postgres, schema "));
  database.script("DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)");
  EXPECT_THAT(greenroom({"doctor"}).out, HasSubstr("run 'greenroom migrate'"));
}

TEST_F(Commands, ExplainDeliveryShowsTheWholeLineInOrder) {
  testing::TestDatabase database;
  use(database);
  const std::string trace(32, 'a'), sha(40, '1');
  database.script(
      "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body, received_at, state, settled_at) VALUES "
      "('" +
      trace +
      "', 'local', 'abc-\x1b[31m', 'pull_request', '\\x7b7d', '2026-03-01T09:00:00Z', 'done', "
      "'2026-03-01T09:00:00.250Z');"
      "INSERT INTO repository (host, host_repository_id, full_name, default_branch) VALUES ('local', 1, "
      "'practice/shotlist', 'main');"
      "INSERT INTO person (host, host_account_id, login) VALUES ('local', 7, 'maya');"
      "INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha, opened_at) "
      "VALUES (1, 12, 1, 't', 'x', 'main', '" +
      sha + "', '" + sha +
      "', now());"
      "INSERT INTO event (trace_id, delivery_id, kind, repository_id, change_id, actor_id, at, decisions) VALUES ('" +
      trace +
      "', 1, 'change_opened', 1, 1, 1, '2026-03-01T08:59:59.9Z', "
      "'[{\"do\": \"run_checks\", \"reason\": \"opened\", \"behaviour\": \"review\"}]');"
      "INSERT INTO job (trace_id, change_id, head_sha, base_sha, state, asked, runner, attempts, queued_at, "
      "started_at, finished_at) VALUES ('" +
      trace + "', 1, '" + sha + "', '" + sha +
      "', 'finished', 'opened', 'r/0', 1, '2026-03-01T09:00:00.3Z', '2026-03-01T09:00:00.4Z', '2026-03-01T09:00:03Z');"
      "INSERT INTO check_run (job_id, lease_epoch, position, name, kind, state, headline, started_at, finished_at) "
      "VALUES (1, 1, 0, 'flake8', 'lint', 'attention', "
      "'3 to look at', '2026-03-01T09:00:01Z', '2026-03-01T09:00:02Z');"
      "INSERT INTO effect (trace_id, repository_id, target_kind, number, key, kind, slot, payload, created_at) VALUES "
      "('" +
      trace + "', 1, 'change', 12, 'change/12/summary', 'create_comment', 'summary', '{}', '2026-03-01T09:00:04Z');");
  const Answer answer = greenroom({"explain", "delivery", "1"});
  EXPECT_EQ(answer.code, 0) << answer.err;
  EXPECT_THAT(answer.out, Not(HasSubstr("\x1b")));
  std::size_t place = 0;
  for (const char* step : {"Trace    aaaa", "+0.000 s  delivery  pull_request",
                           "-0.100 s  event     change_opened in practice/shotlist change 12 by maya",
                           "+0.250 s  decision  review: run_checks (opened)", "+0.250 s  delivery  done",
                           "+0.300 s  job       job 1 queued for 111111111111: opened",
                           "+0.400 s  job       job 1 begun by r/0, attempt 1",
                           "+2.000 s  check     flake8 attention: 3 to look at (1000 ms)",
                           "+3.000 s  job       job 1 finished, 0 findings",
                           "+4.000 s  effect    effect 1 wanted: create_comment summary"}) {
    const auto found = answer.out.find(step, place);
    EXPECT_NE(found, std::string::npos) << step << "\n" << answer.out;
    if (found != std::string::npos) place = found;
  }
  EXPECT_EQ(greenroom({"explain", "delivery", "nowhere"}).code, 2);
  EXPECT_EQ(greenroom({"explain", "delivery"}).code, 2);
}

}  // namespace
}  // namespace greenroom::cli
