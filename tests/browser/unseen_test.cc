#include <gmock/gmock.h>

#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Marks in everything that people and tools can write.
constexpr std::string_view kMarks = R"(
  UPDATE local_host.item SET title = U&'\202E' || title, description = U&'d\200B' || description,
                             head_ref = head_ref || U&'\2066', base_ref = U&'\2069' || base_ref;
  UPDATE change SET title = U&'\202E' || title;
  UPDATE local_host.account SET display_name = display_name || U&'\200B', email = login;
  UPDATE person SET display_name = display_name || U&'\200B';
  UPDATE local_host.comment SET body = U&'said \202E ' || body WHERE author_id <> (SELECT id FROM local_host.account WHERE kind = 'bot');
  UPDATE local_host.item_label SET label = label || U&'\FEFF';
  UPDATE local_host.thread SET path = path || U&'\202E';
  UPDATE check_run SET headline = headline || E'\x1b[31m', tool_version = U&'\202E' || tool_version,
                       log_head = log_head || '\x1b5b33316d'::bytea || convert_to(U&'\2067', 'UTF8'),
                       patch = patch || '\x1b5b33316d'::bytea;
  UPDATE finding SET message = message || U&'\202D', code = code || U&'\200D', path = path || E'\x1b';
)";

TEST(UnseenCharacters, AreSeenOnEveryPage) {
  SeededDashboard dashboard;
  dashboard.database.script(kMarks);
  const std::string ben = dashboard.sign_in("ben");
  struct Case {
    std::string path;
    std::vector<std::string> seen;
  };
  for (const auto& [path, seen] : {
           Case{"/", {"‹U+202E›Collect shots", "Maya‹U+200B›", "Ben‹U+200B›"}},
           Case{"/practice/shotlist/changes/1",
                {"<title>‹U+202E›", "<h1>‹U+202E›", "collect-shots‹U+2066›", "‹U+2069›main", "d‹U+200B›",
                 "said ‹U+202E›", "‹U+001B›[31m", "collect.py‹U+202E›"}},
           Case{dashboard.job_path(),
                {"‹U+001B›[31m", "‹U+2067›", "‹U+202D›", "‹U+200D›", "collect.py‹U+001B›", "‹U+202E›pytest 1.0"}},
           Case{"/people", {"Maya‹U+200B›", "‹U+202E›Collect"}},
           Case{"/practice/shotlist/issues", {"‹U+202E›Frame ranges", "good first issue‹U+FEFF›"}},
           Case{"/practice/shotlist/issues/2", {"‹U+202E›Frame ranges", "d‹U+200B›", "Ben‹U+200B›"}},
       }) {
    const std::string page = dashboard.get(path, ben).body;
    for (const auto& mark : seen) EXPECT_THAT(page, HasSubstr(mark)) << path;
    // A label goes back as it is, in a hidden field.
    std::string shown = page;
    const std::string sent_back = "value=\"good first issue\uFEFF\"";
    if (const auto at = shown.find(sent_back); at != std::string::npos) shown.erase(at, sent_back.size());
    for (const char* raw : {"\u200B", "\u200D", "\u202D", "\u202E", "\u2066", "\u2067", "\u2069", "\uFEFF", "\x1b"})
      EXPECT_THAT(shown, Not(HasSubstr(raw))) << path;
  }
}

TEST(UnseenCharacters, InALabelDoNotKeepItFromBeingRemoved) {
  SeededDashboard dashboard;
  dashboard.database.script("UPDATE local_host.item_label SET label = U&'odd\\FEFF'");
  const std::string ben = dashboard.sign_in("ben");
  const std::string page = dashboard.get("/practice/shotlist/issues/2", ben).body;
  EXPECT_THAT(page, HasSubstr("value=\"odd\uFEFF\""));
  const auto removed = dashboard.post("/practice/shotlist/issues/2/labels",
                                      "csrf=" + dashboard.csrf(ben) + "&remove=1&label=odd%EF%BB%BF", ben);
  EXPECT_EQ(removed.status, 303);
  EXPECT_EQ(dashboard.database.answer("SELECT count(*) AS answer FROM local_host.item_label"), "0");
}

}  // namespace
}  // namespace greenroom::testing
