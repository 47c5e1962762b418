#include "lib/checks/addopts.h"

#include <gtest/gtest.h>

namespace greenroom::checks {
namespace {

TEST(Addopts, LoseTheOptionsOfAbsentPlugInsOnly) {
  const struct {
    const char *config, *wanted;  // nullptr: may stay
  } cases[] = {
      {"[pytest]\naddopts = -q --strict-markers\n", nullptr},
      {"[pytest]\ntestpaths = tests\n", nullptr},
      {"", nullptr},
      {"[pytest]\naddopts = --cov --cov-report=xml -q\n", "-q"},
      {"[pytest]\naddopts = -n 4 -ra\n", "-ra"},
      {"[pytest]\naddopts = -n4 -ra\n", "-ra"},
      {"[pytest]\naddopts =\n    --cov=shotlist\n    -m \"not slow\"\ntestpaths = tests\n", "-m 'not slow'"},
      {"[tool.pytest.ini_options]\naddopts = \"--cov=src --import-mode=importlib\"\n", "--import-mode=importlib"},
      {"[tool.pytest.ini_options]\naddopts = [\n  \"--cov\",\n  \"-m\", \"not slow\",\n]\ntestpaths = [\"tests\"]\n",
       "-m 'not slow'"},
      {"[tool.pytest.ini_options]\naddopts = ['--cov', '--numprocesses', 'auto']\n", ""},
      {"[pytest]\naddopts = --cov 'open\n", nullptr},
      {"[pytest]\naddopts_more = --cov\n", nullptr},
      {"[pytest]\naddopts = -n\n", ""},
      {"addopts = [", nullptr},
      {"addopts = ]", nullptr},
      {"addopts = [--cov]x", ""},
  };
  for (const auto& each : cases) {
    const auto got = runnable_addopts(each.config);
    EXPECT_EQ(got.has_value(), each.wanted != nullptr) << each.config;
    if (got && each.wanted != nullptr) {
      EXPECT_EQ(*got, each.wanted) << each.config;
    }
  }
}

}  // namespace
}  // namespace greenroom::checks
