// Links that an administrator prints: whose session they begin, and whether it is an operator's.

#include <gmock/gmock.h>

#include "tests/support/test_database.h"
#include "tests/unit/cli/program.h"

namespace greenroom::cli {
namespace {

using ::testing::HasSubstr;

class SignInLink : public Program {
 protected:
  SignInLink() {
    folder_.write("tree/README.md", "");
    database_.script("INSERT INTO person (host, host_account_id, login) VALUES ('local', 1, 'ada')");
    environment_["GREENROOM_DATABASE_CONNINFO"] = database_.conninfo();
    if (const auto options = database_.options(); !options.password.empty())
      environment_["GREENROOM_DATABASE_PASSWORD"] = options.password.reveal();
  }
  std::string links() {
    return database_.answer(
        "SELECT coalesce(string_agg(login || ':' || is_operator, ' ' ORDER BY is_operator), '') AS answer "
        "FROM sign_in_link JOIN person ON person.id = person_id");
  }
  testing::TestDatabase database_;
};

TEST_F(SignInLink, IsAnOperatorsOnlyWhenTheAdministratorSaysSo) {
  EXPECT_EQ(greenroom({"sign-in-link", "ada"}).code, 0);
  EXPECT_EQ(links(), "ada:false");
  const Answer answer = greenroom({"sign-in-link", "--operator", "ada"});
  EXPECT_EQ(answer.code, 0) << answer.err;
  EXPECT_THAT(answer.out, HasSubstr("/sign-in/"));
  EXPECT_EQ(links(), "ada:false ada:true");
}

TEST_F(SignInLink, IsForPeopleWhoAreKnown) {
  EXPECT_NE(greenroom({"sign-in-link", "--operator", "nobody"}).code, 0);
  EXPECT_EQ(links(), "");
}

}  // namespace
}  // namespace greenroom::cli
