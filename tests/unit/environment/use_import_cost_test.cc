#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/environment/environment.h"

namespace greenroom::environment {
namespace {

TEST(UseInImportCost, MeasuresWithTheEnvironmentsPythonAndItsPaths) {
  checks::Check check;
  check.name = "import-cost";
  check.argv = {"/usr/bin/python3", "-I", "/greenroom/import_cost.py", "shotlist"};
  Environment environment;
  environment.built.python = "/opt/rez/0/python/bin/python";
  environment.built.variables = {{"PYTHONPATH", "/opt/rez/0/shotlib/python"}};
  ASSERT_TRUE(concerns(check));
  use_in(check, environment);
  EXPECT_THAT(check.argv,
              ::testing::ElementsAre("/opt/rez/0/python/bin/python", "-I", "/greenroom/import_cost.py", "shotlist"));
  EXPECT_THAT(check.environment, ::testing::ElementsAre(::testing::Pair("PYTHONPATH", "/opt/rez/0/shotlib/python")));
}

}  // namespace
}  // namespace greenroom::environment
