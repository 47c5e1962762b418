// What toml++ makes of letters beyond ASCII, wherever a stranger puts them; under UBSan.

#include <gtest/gtest.h>

#include "lib/checks/allowed/allowed.h"
#include "lib/checks/providers/pyproject.h"

namespace greenroom::checks {
namespace {

TEST(Toml, OfAProjectIsRefusedOrReadAndNeverUndefined) {
  for (const std::string odd : {"é", "\u03D5", "\uFE6A", "\uFEE4", "\uFEFE"}) {
    EXPECT_FALSE(project_dependencies(odd + "a = 1\n"));
    EXPECT_FALSE(project_dependencies("[project]" + odd + "\n"));
    EXPECT_FALSE(project_dependencies("a = \"\"\"b\\" + odd + "\"\"\"\n"));
    const auto read = project_dependencies("# " + odd + "\n[project]\ndependencies = ['flask', '" + odd + "']\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->run, (std::vector<std::string>{"flask", odd}));
    const auto& black = *allowed_settings_of("black");
    EXPECT_EQ(allowed_settings(black, "pyproject.toml", odd + "\n[tool.black]\n"), "");
    EXPECT_NE(allowed_settings(black, "pyproject.toml", "[tool.black]\nline-length = 100  # " + odd + "\n"), "");
  }
}

}  // namespace
}  // namespace greenroom::checks
