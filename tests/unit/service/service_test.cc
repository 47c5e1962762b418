#include "lib/service/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <map>

#include "tests/support/temp_directory.h"

namespace greenroom::service {
namespace {

using ::testing::HasSubstr;

config::Config config_of(const std::map<std::string, std::string>& environment) {
  return *config::Config::load("", [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  });
}

TEST(Connections, TakeTheServicesOwnRoleUnlessOneIsNamed) {
  const auto usual = database_of(config_of({}), "webhook");
  EXPECT_THAT(usual.conninfo, HasSubstr(" user=greenroom_webhook"));
  EXPECT_EQ(usual.application_name, "greenroom-webhook");
  const auto named = database_of(config_of({{"GREENROOM_DATABASE_USER", "ada"}}), "webhook");
  EXPECT_THAT(named.conninfo, HasSubstr(" user=ada"));
}

TEST(Connections, ListenWhereTheSettingSays) {
  const auto options = listen_at(config_of({{"GREENROOM_WEBHOOK_LISTEN", "::1:9000"}}), "webhook.listen");
  ASSERT_TRUE(options);
  EXPECT_EQ(options->address, "::1");
  EXPECT_EQ(options->port, 9000);
}

TEST(Connections, SayWhatAnAddressLooksLike) {
  for (const char* wrong : {"localhost", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", ":-1"}) {
    const auto options = listen_at(config_of({{"GREENROOM_WEBHOOK_LISTEN", wrong}}), "webhook.listen");
    ASSERT_FALSE(options) << wrong;
    EXPECT_EQ(options.error().kind, ErrorKind::user_fault);
    EXPECT_THAT(options.error().message, HasSubstr("webhook.listen is '" + std::string(wrong) + "'"));
  }
}

TEST(ReadyFile, StandsAsLongAsItsObject) {
  const greenroom::testing::TempDirectory state;
  const auto path = state / "run/bot.ready";
  {
    const auto ready = ReadyFile::make(config_of({{"GREENROOM_STATE_DIRECTORY", state.path()}}), "bot");
    ASSERT_TRUE(ready);
    EXPECT_EQ(state.read("run/bot.ready"), std::to_string(::getpid()) + "\n");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ReadyFile, SaysWhyItCannotBeWritten) {
  const greenroom::testing::TempDirectory state;
  state.write("file", "");
  const auto ready = ReadyFile::make(config_of({{"GREENROOM_STATE_DIRECTORY", state / "file"}}), "bot");
  ASSERT_FALSE(ready);
  EXPECT_THAT(ready.error().message, HasSubstr("run/bot.ready: Not a directory; let state.directory be"));
}

// run() is for a whole process: each of these is one.
int status_of(const std::function<Result<void>(const config::Config&)>& serve, const char* redis_port = "6379") {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("GREENROOM_REDIS_PORT", redis_port, 1);
    ::_exit(run("webhook", serve));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Run, EndsWithWhatServingCameTo) {
  EXPECT_EQ(status_of([](const config::Config&) -> Result<void> { return {}; }), 0);
  EXPECT_EQ(status_of([](const config::Config&) -> Result<void> { return user_fault("no such folder"); }), 2);
  EXPECT_EQ(status_of([](const config::Config&) -> Result<void> { return transient("no database"); }), 1);
}

TEST(Run, RefusesAWrongConfigurationBeforeItServes) {
  EXPECT_EQ(status_of([](const config::Config&) -> Result<void> { ::_exit(7); }, "many"), 2);
}

TEST(Run, HoldsTheEndingSignalsBackUntilTheyAreAwaited) {
  EXPECT_EQ(status_of([](const config::Config&) -> Result<void> {
              if (is_ending()) return transient("too early");
              ::kill(::getpid(), SIGTERM);
              if (!is_ending()) return transient("not seen");
              await_ending();
              ::raise(SIGPIPE);
              return {};
            }),
            0);
}

}  // namespace
}  // namespace greenroom::service
