#include "tests/markdown/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace greenroom::testing {

std::string golden_folder() { return GREENROOM_SOURCE_DIR "/tests/markdown/golden"; }

void expect_golden(const std::string& name, const std::string& actual) {
  const auto path = golden_folder() + "/" + name;
  if (std::getenv("GREENROOM_ACCEPT") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  std::ifstream in(path, std::ios::binary);
  EXPECT_EQ(actual, std::string(std::istreambuf_iterator<char>(in), {})) << path;
}

}  // namespace greenroom::testing
