#include "lib/base/nearest.h"

#include <gtest/gtest.h>

namespace greenroom {
namespace {

const std::vector<std::string> kNames{"check", "comment", "B006", "flake8", "runner.slots", "checks.disabled"};

TEST(Nearest, IsTheNameThatWasMeant) {
  const std::pair<const char*, const char*> cases[] = {{"chek", "check"},
                                                       {"chekc", "check"},
                                                       {"CHECK", "check"},
                                                       {"coment", "comment"},
                                                       {"B06", "B006"},
                                                       {"b00", "B006"},
                                                       {"falke8", "flake8"},
                                                       {"runner.slotz", "runner.slots"},
                                                       {"cheks.disbled", "checks.disabled"}};
  for (const auto& [word, name] : cases) EXPECT_EQ(nearest(word, kNames), name) << word;
}

TEST(Nearest, IsNothingWhenNoNameIsNear) {
  for (const auto* word : {"", "x", "B6", "weather", "chxxk", "B123", "runner"}) EXPECT_EQ(nearest(word, kNames), "");
  EXPECT_EQ(nearest(std::string(65, 'c'), {std::string(66, 'c')}), "") << "nobody types that";
  EXPECT_EQ(nearest("check", {}), "");
}

TEST(Nearest, IsTheFirstOfThoseThatAreEquallyNear) { EXPECT_EQ(nearest("F40", {"F401", "F403"}), "F401"); }

TEST(Nearest, EndsASentence) {
  EXPECT_EQ(did_you_mean("chek", kNames), "; did you mean 'check'?");
  EXPECT_EQ(did_you_mean("weather", kNames), "");
}

}  // namespace
}  // namespace greenroom
