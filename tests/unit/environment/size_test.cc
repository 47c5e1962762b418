#include "lib/environment/size.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace greenroom::environment {
namespace {

using ::testing::Optional;

std::string folders(std::size_t number, const std::string& each = "/studio/packages/p/python") {
  std::string path;
  for (std::size_t i = 0; i < number; ++i) path += (i == 0 ? "" : ":") + each;
  return path;
}

TEST(EnvironmentSize, OfAFewFoldersIsNotWorthAWord) {
  EXPECT_EQ(oversize({}), std::nullopt);
  EXPECT_EQ(oversize({{"PYTHONPATH", folders(64)}, {"PATH", "/usr/bin"}}), std::nullopt);
}

TEST(EnvironmentSize, CountsTheFoldersOfEachPath) {
  EXPECT_THAT(oversize({{"PYTHONPATH", folders(65)}}), Optional(std::string("PYTHONPATH has 65 folders (1.6 KiB)")));
  EXPECT_THAT(oversize({{"MAYA_PLUG_IN_PATH", "::" + folders(70, "/a") + ":"}, {"PATH", folders(80, "/b")}}),
              Optional(std::string("MAYA_PLUG_IN_PATH has 70 folders (0.2 KiB), PATH has 80 folders (0.2 KiB)")));
  EXPECT_EQ(oversize({{"MOTTO", folders(200, "a")}}), std::nullopt) << "no path";
}

TEST(EnvironmentSize, CountsAllVariablesTogether) {
  EXPECT_EQ(oversize({{"A", std::string((16u << 10) - 3, 'x')}}), std::nullopt);
  EXPECT_THAT(oversize({{"A", std::string((16u << 10) - 2, 'x')}}),
              Optional(std::string("all variables together have 16.0 KiB")));
}

TEST(EnvironmentSize, NamesAFewAndNothingThatIsNoText) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 9; ++i) many.emplace_back("\x1b_" + std::to_string(i) + "_PATH", folders(65, "/"));
  const auto said = oversize(many);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->find('\x1b'), std::string::npos);
  EXPECT_LT(said->size(), 200u);
}

}  // namespace
}  // namespace greenroom::environment
