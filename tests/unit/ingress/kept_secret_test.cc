// A webhook's secret that comes while the service runs.

#include "lib/ingress/kept_secret.h"

#include <gmock/gmock.h>

#include "lib/base/hash.h"
#include "lib/http/client.h"
#include "lib/ingress/ingress.h"
#include "tests/support/test_database.h"

namespace greenroom::ingress {
namespace {

using ::testing::HasSubstr;

struct KeptSecretTest : ::testing::Test {
  void keep(const std::string& secret, const BoxKeys& keys) {
    const std::string sql =
        "INSERT INTO github_app (app_id, page, sealed_key, sealed_webhook_secret) VALUES (7, 'https://g.example/a', "
        "'k', $1)";
    const auto sealed = seal(Secret(secret), keys.public_key);
    ASSERT_TRUE(sealed && database.connection().run({sql, sql}, {pg::Bytes{*sealed}}));
  }
  testing::TestDatabase database;
  const BoxKeys keys = make_box_keys();
  KeptSecret kept{database.options_as("greenroom_webhook"), keys};
};

TEST_F(KeptSecretTest, IsReadOnceItIsThere) {
  ASSERT_TRUE(kept.publish());
  ASSERT_TRUE(kept.publish()) << "the same again";
  EXPECT_EQ(database.answer("SELECT encode(public_key, 'hex') AS answer FROM webhook_box"), to_hex(keys.public_key));
  ASSERT_TRUE(kept.read());
  EXPECT_FALSE(*kept.read());
  keep("the App's", keys);
  const auto secret = kept.read();
  ASSERT_TRUE(secret && *secret);
  EXPECT_EQ((*secret)->reveal(), "the App's");
}

TEST_F(KeptSecretTest, OfAnotherKeyIsRefusedByName) {
  keep("the App's", make_box_keys());
  const auto secret = kept.read();
  ASSERT_FALSE(secret);
  EXPECT_THAT(secret.error().message, HasSubstr("another webhook.seal_key"));
}

TEST_F(KeptSecretTest, OpensAHookWhileTheServiceRuns) {
  store::DeliveryLog log({database.options_as("greenroom_webhook")});
  metrics::Registry metrics;
  Ingress ingress({{}, [] { return std::string(); }}, log, metrics);
  const auto server =
      std::move(*http::Server::start({}, [&](http::Request request, std::shared_ptr<http::Responder> responder) {
        ingress.handle(std::move(request), std::move(responder));
      }));
  http::Client client("http://127.0.0.1:" + std::to_string(server->port()));
  const std::string body = "{}";
  const auto status_of = [&](const std::string& secret) {
    const auto signature = "sha256=" + to_hex(hmac_sha256(Secret(secret), body));
    return client
        .send({"POST",
               "/hooks/github",
               {{"Content-Type", "application/json"},
                {"X-GitHub-Event", "ping"},
                {"X-GitHub-Delivery", "1"},
                {"X-Hub-Signature-256", signature}},
               body})
        .value()
        .status;
  };
  EXPECT_EQ(status_of("the App's"), 404);
  ingress.accept("github", Secret("the App's"));
  EXPECT_EQ(status_of("another"), 401);
  EXPECT_EQ(status_of("the App's"), 202);
}

}  // namespace
}  // namespace greenroom::ingress
