#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "tests/browser/browser.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kChange = "/practice/shotlist/changes/1";

struct Pages : ::testing::Test {
  SeededDashboard dashboard;
  static std::string picture_file(const std::string& name) {
    const std::string folder = std::getenv("GREENROOM_PICTURES") != nullptr ? std::getenv("GREENROOM_PICTURES") : "";
    if (folder.empty()) return "";
    std::filesystem::create_directories(folder);
    return folder + "/" + name + ".png";
  }
};

TEST_F(Pages, AreWholeAndWithoutComplaintInABrowser) {
  Browser browser(dashboard, dashboard.sign_in("ben"));
  for (const auto& [path, words] : {std::pair<std::string, std::string>{"/", "Your turn"},
                                    {kChange, "Collect shots by sequence"},
                                    {dashboard.job_path(), "Checks finished"},
                                    {"/people", "Maya"},
                                    {"/practice/shotlist/issues", "Frame ranges with gaps"},
                                    {"/practice/shotlist/issues/2", "good first issue"},
                                    {"/health", "Redis"},
                                    {"/no/such/page", "Nothing here"}}) {
    const Seen seen = browser.look(path);
    EXPECT_THAT(seen.dom, HasSubstr(words)) << path;
    EXPECT_THAT(seen.dom, HasSubstr("</html>")) << path;
    EXPECT_THAT(seen.complaints, IsEmpty()) << path;
  }
}

TEST_F(Pages, ArePaintedInLightAndDark) {
  Browser browser(dashboard, dashboard.sign_in("maya"));
  TempDirectory folder;
  browser.picture(kChange, Scheme::light, folder / "light.png", 1280, 900);
  browser.picture(kChange, Scheme::dark, folder / "dark.png", 1280, 900);
  const std::string light = folder.read("light.png"), dark = folder.read("dark.png");
  EXPECT_GT(light.size(), 20'000u) << "an empty page is smaller";
  EXPECT_GT(dark.size(), 20'000u);
  EXPECT_NE(light, dark);
}

TEST_F(Pages, SitForTheirPicturesWhenAsked) {
  if (picture_file("x").empty()) GTEST_SKIP() << "set GREENROOM_PICTURES to a folder";
  Browser ben(dashboard, dashboard.sign_in("ben")), maya(dashboard, dashboard.sign_in("maya")), nobody(dashboard, "");
  for (const auto scheme : {Scheme::light, Scheme::dark}) {
    const std::string end = scheme == Scheme::light ? "-light" : "-dark";
    maya.picture(kChange, scheme, picture_file("change" + end), 1280, 2600);
    maya.picture("/", scheme, picture_file("home" + end), 1280, 1000);
    ben.picture(dashboard.job_path(), scheme, picture_file("job" + end), 1280, 1800);
    ben.picture("/people", scheme, picture_file("people" + end), 1280, 900);
    ben.picture("/practice/shotlist/issues", scheme, picture_file("issues" + end), 1280, 1000);
    ben.picture("/practice/shotlist/issues/2", scheme, picture_file("issue" + end), 1280, 1000);
    ben.picture("/health", scheme, picture_file("health" + end), 1280, 1000);
    nobody.picture("/sign-in", scheme, picture_file("sign-in" + end), 1280, 800);
    ben.picture("/nowhere", scheme, picture_file("nowhere" + end), 1280, 700);
    maya.picture(kChange, scheme, picture_file("change-narrow" + end), 480, 2600);
  }
}

}  // namespace
}  // namespace greenroom::testing
