#include "tests/unit/review/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace greenroom::review {

void expect_golden(const std::string& name, const std::string& actual) {
  const auto path = std::filesystem::path(GREENROOM_SOURCE_DIR) / "tests/unit/review/golden" / (name + ".md");
  if (std::getenv("GREENROOM_ACCEPT") != nullptr) std::ofstream(path) << actual;
  std::ifstream in(path);
  std::ostringstream expected;
  expected << in.rdbuf();
  EXPECT_EQ(actual, expected.str()) << path;
}

}  // namespace greenroom::review
