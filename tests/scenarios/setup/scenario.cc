#include <gmock/gmock.h>

#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

// What the operators' page reads is written by the real bot, with the bot's own rights.
TEST(Setup, TheBotFindsThePracticeHostConnectedAndSaysWhatIsMissingOnceItIs) {
  Line::Options options;
  options.services = {"webhook", "bot", "dashboard"};
  Line line(options);
  line.seed(small_project());
  ASSERT_TRUE(line.wait_until("SELECT count(examined_at) > 0 AS value FROM connection"));
  const auto look_again = [&] {
    return line.database().run_script("UPDATE connection SET asked_at = now() WHERE host_repository_id = 0");
  };
  ASSERT_TRUE(look_again());
  EXPECT_TRUE(line.wait_until(
      "SELECT count(*) = 2 AND bool_and(coalesce(examined_at >= asked_at, examined_at IS NOT NULL)) AND "
      R"(NOT bool_or(remarks @> '[{"sign": "missing"}]') AS value FROM connection WHERE host = 'local')"))
      << line.text("SELECT string_agg(remarks::text, ' ') AS value FROM connection");

  line.signal("webhook", SIGTERM);
  ASSERT_TRUE(line.wait_exit("webhook", std::chrono::seconds(20)));
  ASSERT_TRUE(look_again());
  EXPECT_TRUE(
      line.wait_until("SELECT remarks::text LIKE '%start the webhook service%' AS value FROM connection "
                      "WHERE host_repository_id = 0"))
      << line.text("SELECT string_agg(remarks::text, ' ') AS value FROM connection");
}

}  // namespace
}  // namespace greenroom::testing
