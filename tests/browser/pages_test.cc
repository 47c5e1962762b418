#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "tests/browser/browser.h"
#include "tests/browser/practice_sample.h"

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

struct PictureTaking : Pages {
  std::string a_try() {
    const std::string maya = dashboard.sign_in("maya");
    const auto answer =
        dashboard.post("/practice",
                       "what=snippet&kind=snippet.py&run=yes&content=import+os%0Aprint%28+%27hello%27+%29"
                       "&csrf=" +
                           dashboard.csrf(maya),
                       maya);
    const std::string path = header_of(answer, "location");
    finish_try(dashboard, path, practice_sample());
    return path;
  }
  void take(Scheme scheme, const std::string& end);
  void take_on_a_phone(Scheme scheme, const std::string& end);
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
                                    {"/push", "Make a push token"},
                                    {"/no/such/page", "Nothing here"}}) {
    const Seen seen = browser.look(path);
    EXPECT_THAT(seen.dom, HasSubstr(words)) << path;
    EXPECT_THAT(seen.dom, HasSubstr("</html>")) << path;
    EXPECT_THAT(seen.complaints, IsEmpty()) << path;
  }
}

TEST_F(Pages, FitAPhoneWithoutBreakingNames) {
  Browser browser(dashboard, dashboard.sign_in("maya"));
  for (const auto& [path, names] : {std::pair<std::string, std::string>{kChange, ".summary td, .check-name"},
                                    {dashboard.job_path(), ".check h2, .findings td"},
                                    {"/", ".row-main .quiet, .turn, .checks"},
                                    {"/push", "p, h2, .token"},
                                    {"/people", ".person"},
                                    {"/practice/shotlist/issues", ".issue-card p"},
                                    {"/health", "td, th"}}) {
    EXPECT_THAT(browser.faults_at(path, 360, names), IsEmpty()) << path;
  }
}

TEST_F(Pages, AreMeasuredSoThatAFaultIsSeen) {
  Browser browser(dashboard, dashboard.sign_in("maya"));
  EXPECT_THAT(browser.faults_at(kChange, 120, ".summary td, h1"), Not(IsEmpty())) << "nothing fits into 120 pixels";
  EXPECT_THAT(browser.faults_at(kChange, 360, ".no-such-thing"), Not(IsEmpty()));
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

void PictureTaking::take(Scheme scheme, const std::string& end) {
  if (picture_file("x").empty()) GTEST_SKIP() << "set GREENROOM_PICTURES to a folder";
  Browser ben(dashboard, dashboard.sign_in("ben")), maya(dashboard, dashboard.sign_in("maya")), nobody(dashboard, "");
  maya.picture(kChange, scheme, picture_file("change" + end), 1280, 2600);
  maya.picture("/", scheme, picture_file("home" + end), 1280, 1000);
  ben.picture(dashboard.job_path(), scheme, picture_file("job" + end), 1280, 1800);
  ben.picture("/people", scheme, picture_file("people" + end), 1280, 900);
  ben.picture("/practice/shotlist/issues", scheme, picture_file("issues" + end), 1280, 1000);
  ben.picture("/practice/shotlist/issues/2", scheme, picture_file("issue" + end), 1280, 1000);
  ben.picture("/health", scheme, picture_file("health" + end), 1280, 1000);
  nobody.picture("/sign-in", scheme, picture_file("sign-in" + end), 1280, 800);
  ben.picture("/nowhere", scheme, picture_file("nowhere" + end), 1280, 700);
  maya.picture("/push", scheme, picture_file("push" + end), 1280, 1000);
  maya.picture("/practice", scheme, picture_file("practice" + end), 1280, 1300);
  maya.picture(a_try(), scheme, picture_file("try" + end), 1280, 2600);
}

void PictureTaking::take_on_a_phone(Scheme scheme, const std::string& end) {
  if (picture_file("x").empty()) GTEST_SKIP() << "set GREENROOM_PICTURES to a folder";
  Browser ben(dashboard, dashboard.sign_in("ben")), maya(dashboard, dashboard.sign_in("maya"));
  maya.phone_picture(kChange, scheme, picture_file("change-phone" + end), 360, 3200);
  maya.phone_picture("/", scheme, picture_file("home-phone" + end), 360, 1400);
  maya.phone_picture("/push", scheme, picture_file("push-phone" + end), 360, 1600);
  maya.phone_picture("/practice", scheme, picture_file("practice-phone" + end), 360, 1600);
  maya.phone_picture(a_try(), scheme, picture_file("try-phone" + end), 360, 3000);
  ben.phone_picture(dashboard.job_path(), scheme, picture_file("job-phone" + end), 360, 3000);
}

TEST_F(PictureTaking, InLightWhenAsked) { take(Scheme::light, "-light"); }
TEST_F(PictureTaking, InDarkWhenAsked) { take(Scheme::dark, "-dark"); }
TEST_F(PictureTaking, InLightOnAPhoneWhenAsked) { take_on_a_phone(Scheme::light, "-light"); }
TEST_F(PictureTaking, InDarkOnAPhoneWhenAsked) { take_on_a_phone(Scheme::dark, "-dark"); }

}  // namespace
}  // namespace greenroom::testing
