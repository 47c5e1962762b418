#include "lib/hosts/local/push_tokens.h"

#include <gmock/gmock.h>

#include "tests/unit/practice/practice_fixture.h"

namespace greenroom::hosts::local {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct PushTokens : Practice {
  TokenState state_of(const std::string& login, const Secret& given) {
    const auto found = authenticate(db, login, given).value();
    EXPECT_EQ(found.account.has_value(), found.token == TokenState::works);
    return found.token;
  }
  std::string stored() {
    return database.answer("SELECT string_agg(push_token::text, ' ') AS answer FROM local_host.push_token");
  }
};

TEST_F(PushTokens, WorkForTheirOwnLoginBesideTheOneThatSeedGave) {
  const Secret own = make_push_token(db, maya).value();
  EXPECT_THAT(own.reveal(), StartsWith("grp_"));
  EXPECT_EQ(authenticate(db, "maya", own)->account.value().host_account_id, maya);
  EXPECT_EQ(state_of("maya", token), TokenState::works);
  EXPECT_EQ(state_of("ben", own), TokenState::unknown);
  EXPECT_EQ(state_of("nobody", own), TokenState::unknown);
  EXPECT_EQ(state_of("maya", Secret(own.reveal() + "0")), TokenState::unknown);
  EXPECT_EQ(state_of("maya", Secret("")), TokenState::unknown);
}

TEST_F(PushTokens, AreStoredAsHashesOnly) {
  const Secret own = make_push_token(db, maya).value();
  EXPECT_THAT(stored(), Not(HasSubstr(own.reveal())));
  EXPECT_THAT(stored(), Not(HasSubstr(own.reveal().substr(4))));
}

TEST_F(PushTokens, RememberWhenTheyWereUsed) {
  const Secret own = make_push_token(db, maya).value();
  EXPECT_FALSE(push_tokens_of(db, maya)->at(0).used_at);
  EXPECT_EQ(state_of("maya", own), TokenState::works);
  EXPECT_TRUE(push_tokens_of(db, maya)->at(0).used_at);
}

TEST_F(PushTokens, AreRevokedByTheirOwnerOnly) {
  const Secret own = make_push_token(db, maya).value();
  const auto id = push_tokens_of(db, maya)->at(0).id;
  EXPECT_EQ(revoke_push_token(db, ben, id).error().kind, ErrorKind::not_found);
  EXPECT_EQ(revoke_push_token(db, maya, id + 1).error().kind, ErrorKind::not_found);
  EXPECT_EQ(state_of("maya", own), TokenState::works);
  EXPECT_TRUE(revoke_push_token(db, maya, id));
  EXPECT_EQ(state_of("maya", own), TokenState::revoked);
  EXPECT_TRUE(push_tokens_of(db, maya)->empty());
  EXPECT_TRUE(revoke_push_token(db, maya, id)) << "a second click";
  EXPECT_EQ(state_of("maya", own), TokenState::revoked);
}

TEST_F(PushTokens, AreTenAtMostAtOneTime) {
  for (int i = 0; i < kPushTokens; ++i) EXPECT_TRUE(make_push_token(db, maya));
  const auto eleventh = make_push_token(db, maya);
  ASSERT_FALSE(eleventh);
  EXPECT_EQ(eleventh.error().kind, ErrorKind::user_fault);
  EXPECT_TRUE(make_push_token(db, ben)) << "of each account";
  EXPECT_TRUE(revoke_push_token(db, maya, push_tokens_of(db, maya)->at(3).id));
  EXPECT_TRUE(make_push_token(db, maya));
}

TEST_F(PushTokens, AreForPeople) { EXPECT_FALSE(make_push_token(db, bot)); }

}  // namespace
}  // namespace greenroom::hosts::local
