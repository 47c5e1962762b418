#include "lib/service/probes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/http/client.h"
#include "tests/support/test_database.h"

namespace greenroom::service {
namespace {

using ::testing::HasSubstr;

config::Config listening_at(const std::string& address) {
  return *config::Config::load(
      "", [&](const std::string& name) { return name == "GREENROOM_RUNNER_LISTEN" ? address : std::string(); });
}

class ProbePort : public ::testing::Test {
 protected:
  http::Response ask(const std::string& path, const std::string& method = "GET") {
    http::Client client("http://127.0.0.1:" + std::to_string(server->port()));
    auto response = client.send({method, path, {}, ""});
    if (!response) throw std::runtime_error(response.error().describe());
    return *response;
  }
  std::string hindrance;
  std::unique_ptr<http::Server> server = std::move(*open_probe_port(
      listening_at("127.0.0.1:0"), "runner.listen", {[this] { return hindrance; }, [] { return "figures 1\n"; }}));
};

TEST_F(ProbePort, TellsAliveReadyAndMetrics) {
  EXPECT_EQ(ask("/livez").status, 200);
  EXPECT_EQ(ask("/readyz").status, 200);
  EXPECT_EQ(ask("/metrics").body, "figures 1\n");
}

TEST_F(ProbePort, IsAliveThoughNotReady) {
  hindrance = "the database does not answer";
  const auto ready = ask("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(ready.body, "the database does not answer\n");
  EXPECT_EQ(ask("/livez").status, 200);
}

TEST_F(ProbePort, AnswersNothingElse) {
  EXPECT_EQ(ask("/").status, 404);
  EXPECT_EQ(ask("/livez", "POST").status, 405);
}

TEST(ProbePorts, AreClosedUnlessASettingOpensThem) {
  const auto none = open_probe_port(listening_at(""), "runner.listen", {});
  ASSERT_TRUE(none);
  EXPECT_EQ(*none, nullptr);
  EXPECT_FALSE(open_probe_port(listening_at("nowhere"), "runner.listen", {}));
}

TEST(DatabaseProbe, KnowsWhetherPostgresAnswers) {
  const greenroom::testing::TestDatabase database;
  DatabaseProbe there(database.options_as("greenroom_runner"));
  EXPECT_EQ(there.hindrance(), "");
  auto nowhere = database.options();
  nowhere.conninfo = "host=/nonexistent dbname=x";
  EXPECT_EQ(DatabaseProbe(nowhere).hindrance(), "the database does not answer");
}

}  // namespace
}  // namespace greenroom::service
