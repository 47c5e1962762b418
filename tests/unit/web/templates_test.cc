#include "lib/web/templates.h"

#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace greenroom::web {
namespace {

const std::string kPragma = "{{%AUTOESCAPE context=\"HTML\"}}\n";

Result<std::unique_ptr<Templates>> loaded(const std::string& page) {
  testing::TempDirectory folder;
  folder.write("page.html", kPragma + page);
  return Templates::load(folder.path());
}

TEST(Templates, TakesThoseOfThisTree) {
  const auto templates = Templates::load(GREENROOM_SOURCE_DIR "/templates/pages");
  EXPECT_TRUE(templates) << templates.error().message;
}

TEST(Templates, LetsWhatIsSentBackStandInAValueOnly) {
  struct Case {
    const char* page;
    bool taken;
  };
  for (const auto& [page, taken] : {
           Case{"<p>{{NAME}}</p>", true},
           Case{"<input type=\"hidden\" value=\"{{NAME_VALUE}}\">", true},
           Case{"<p>{{NAME_VALUE}}</p>", false},
           Case{"<p title=\"{{NAME_VALUE}}\">", false},
           Case{"<input value=\"the {{NAME_VALUE}}\">", false},
           Case{"<input value=\"{{NAME_VALUE}}, too\">", false},
           Case{"{{NAME_VALUE}}", false},
       }) {
    const auto templates = loaded(page);
    EXPECT_EQ(templates.has_value(), taken) << page;
    const std::string words = templates ? "" : templates.error().message;
    EXPECT_EQ(words.find("_VALUE") != std::string::npos, !taken) << page << words;
  }
}

TEST(Templates, EscapesAndShowsInEveryPlace) {
  testing::TempDirectory folder;
  folder.write("page.html", kPragma + "<p title=\"{{X}}\">{{X}}</p><input value=\"{{X_VALUE}}\">");
  const auto templates = Templates::load(folder.path());
  ASSERT_TRUE(templates);
  View view;
  view.set("X", "<\u202E\">").send_back("X_VALUE", "<\u202E\">");
  EXPECT_EQ((*templates)->render("page.html", view),
            "<p title=\"&lt;‹U+202E›&quot;&gt;\">&lt;‹U+202E›&quot;&gt;</p><input value=\"&lt;\u202E&quot;&gt;\">");
}

}  // namespace
}  // namespace greenroom::web
