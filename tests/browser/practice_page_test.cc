#include <gmock/gmock.h>

#include "lib/base/text.h"
#include "lib/http/server.h"
#include "lib/pg/query.h"
#include "lib/store/practice_report.h"
#include "tests/browser/browser.h"
#include "tests/browser/practice_sample.h"

namespace greenroom::testing {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct PracticePage : ::testing::Test {
  SeededDashboard dashboard;
  const std::string maya = dashboard.sign_in("maya");

  http::Response post(const std::string& path, const std::string& form, const std::string& cookie) {
    return dashboard.post(path, "csrf=" + dashboard.csrf(cookie) + "&" + form, cookie);
  }
  http::Response try_lines(const std::string& lines, const std::string& cookie, const std::string& more = "&run=yes") {
    return post("/practice", "what=snippet&kind=snippet.py&content=" + http::percent_encode(lines) + more, cookie);
  }
  // Where the try is shown; fails the test when there is none.
  std::string begin(const std::string& lines) {
    const auto answer = try_lines(lines, maya);
    EXPECT_EQ(answer.status, 303) << answer.body;
    return header_of(answer, "location");
  }
  std::string begin_and_end(const std::string& lines, const model::PracticeReport& report) {
    const std::string path = begin(lines);
    finish_try(dashboard, path, report);
    return path;
  }
  std::string column(const std::string& name) {
    return dashboard.database.answer("SELECT " + name + " AS answer FROM practice_try ORDER BY id DESC LIMIT 1");
  }
};

TEST_F(PracticePage, QueuesASnippetShowsThatItWaitsAndThenWhatCameOfIt) {
  EXPECT_THAT(dashboard.get("/practice", maya).body, AllOf(HasSubstr("Your lines"), HasSubstr("Run it too")));
  const std::string path = begin("import os\r\nprint('Grüße & <b>')");
  EXPECT_EQ(column("convert_from(content, 'UTF8')"), "import os\nprint('Grüße & <b>')\n");
  EXPECT_EQ(column("concat_ws(' ', state, file_name, run, may_run)"), "queued snippet.py t everything");
  EXPECT_THAT(dashboard.get(path, maya).body,
              AllOf(HasSubstr("Waiting for a runner"), HasSubstr("data-watch=\"" + path + "/watch\""),
                    HasSubstr("Reload</a> it where scripts are off"), HasSubstr("&lt;b&gt;")));
  finish_try(dashboard, path, practice_sample());
  EXPECT_THAT(dashboard.get(path, maya).body,
              AllOf(HasSubstr("<h1>Done</h1>"), HasSubstr("Remove the import that nothing uses"),
                    HasSubstr("snippet.py:1"), HasSubstr("Try this:"), HasSubstr("hello from the sandbox"),
                    HasSubstr("ended with exit code 3</span> <span class=\"quiet\">after 0.4 s"),
                    HasSubstr("frame 0001\nframe 0002\n"), HasSubstr("black would lay this out differently"),
                    Not(HasSubstr("data-watch"))));
  EXPECT_THAT(dashboard.get("/practice", maya).body, HasSubstr(path));
}

TEST_F(PracticePage, ShowsATryToNobodyElse) {
  const std::string path = begin_and_end("print('my secret')\n", practice_sample());
  EXPECT_EQ(dashboard.get(path, maya).status, 200);
  for (const std::string login : {"ben", "noor"}) {  // a maintainer, and somebody else who is new
    const std::string other = dashboard.sign_in(login);
    EXPECT_EQ(dashboard.get(path, other).status, 404) << login;
    EXPECT_EQ(post(path + "/forget", "", other).status, 404) << login;
    EXPECT_THAT(dashboard.get("/practice", other).body, Not(HasSubstr(path))) << login;
    EXPECT_THAT(dashboard.get(path + "/watch", other).body, AllOf(HasSubstr("event: end"), Not(HasSubstr("finished"))))
        << login;
    for (const std::string page : {"/", "/people", "/health"})
      EXPECT_THAT(dashboard.get(page, other).body, Not(HasSubstr("secret"))) << page;
  }
  EXPECT_EQ(dashboard.get(path, "").status, 303) << "nobody is signed in";
  EXPECT_EQ(dashboard.get(path, maya).status, 200) << "it was not forgotten";
  EXPECT_THAT(dashboard.folder.read("log"), Not(HasSubstr("secret")));
}

TEST_F(PracticePage, FollowsATryWithoutTellingMoreThanItsState) {
  const std::string path = begin_and_end("print(1)\n", practice_sample());
  EXPECT_THAT(dashboard.get(path + "/watch", maya).body, HasSubstr("event: end"));
}

TEST_F(PracticePage, IsNotFooledByIds) {
  for (const std::string id : {"0", "-1", "x", "1%20or%201=1", "99999999999999999999", "1;", "%00"})
    EXPECT_THAT(dashboard.get("/practice/" + id, maya).status, AnyOf(404, 400)) << id;
}

TEST_F(PracticePage, TakesFormsOfItsOwnPeopleOnly) {
  const std::string form = "what=snippet&kind=snippet.py&content=print(1)", ben = dashboard.sign_in("ben");
  EXPECT_EQ(dashboard.post("/practice", form).status, 401);
  EXPECT_EQ(dashboard.post("/practice", form, maya).status, 403) << "no CSRF token";
  EXPECT_EQ(dashboard.post("/practice", form + "&csrf=" + dashboard.csrf(ben), maya).status, 403);
  const std::string own = form + "&csrf=" + dashboard.csrf(maya);
  EXPECT_EQ(dashboard.post("/practice", own, maya, {{"origin", "https://evil.example"}}).status, 403);
  EXPECT_EQ(dashboard.database.answer("SELECT count(*) AS answer FROM practice_try"), "0");
}

TEST_F(PracticePage, SaysWhatItCannotTake) {
  const auto refused = [&](const std::string& form) {
    const auto answer = post("/practice", form, maya);
    EXPECT_EQ(answer.status, 400) << form.substr(0, 60);
    return answer.body;
  };
  EXPECT_THAT(refused("what=snippet&kind=snippet.py&content=+%0A"), HasSubstr("nothing to try yet"));
  EXPECT_THAT(refused("what=snippet&kind=..%2Fx.py&content=x"), HasSubstr("choose a language"));
  EXPECT_THAT(refused("what=snippet&kind=snippet.py&content=" + std::string((64u << 10) + 1, 'x')),
              HasSubstr("larger than 64 KiB"));
  for (const std::string branch : {"none", "..%2F..%2Fmain", "--upload-pack%3Dx", "refs%2Fheads%2Fmain", "%00", "HEAD"})
    EXPECT_THAT(refused("what=branch&project=practice/shotlist&branch=" + branch), HasSubstr("no branch of that name"));
  EXPECT_EQ(post("/practice", "what=branch&project=practice/none&branch=main", maya).status, 404);
  EXPECT_EQ(try_lines(std::string(64u << 10, '#'), maya).status, 303) << "the largest that is taken";
}

TEST_F(PracticePage, TakesOneAtATimeAndSoManyAnHourHoweverOftenItIsAsked) {
  const std::string path = begin("print(1)\n");
  for (int i = 0; i < 30; ++i) EXPECT_THAT(try_lines("print(2)\n", maya).body, HasSubstr("still under way"));
  EXPECT_EQ(try_lines("print(3)\n", dashboard.sign_in("noor")).status, 303) << "others are not held up";
  EXPECT_EQ(post(path + "/forget", "", maya).status, 303);
  EXPECT_EQ(dashboard.get(path, maya).status, 404);
  for (int i = 0; i < 19; ++i) post(begin("print(4)\n") + "/forget", "", maya);
  EXPECT_THAT(try_lines("print(5)\n", maya).body, HasSubstr("20 tries in an hour is the limit here"));
}

TEST_F(PracticePage, TriesABranchOfAProjectThatOneCanRead) {
  const auto answer = post("/practice", "what=branch&project=practice/shotlist&branch=maya/collect-shots", maya);
  ASSERT_EQ(answer.status, 303) << answer.body;
  EXPECT_EQ(column("concat_ws(' ', state, branch, run, may_run, content IS NULL)"),
            "queued maya/collect-shots t reading t");
  EXPECT_THAT(
      dashboard.get(header_of(answer, "location"), maya).body,
      AllOf(HasSubstr("practice/shotlist, branch maya/collect-shots"), HasSubstr("The tests of this branch wait")));
  const std::string ben = dashboard.sign_in("ben");
  ASSERT_EQ(post("/practice", "what=branch&project=practice/shotlist&branch=maya/collect-shots", ben).status, 303);
  EXPECT_EQ(column("may_run"), "everything") << "he may triage there";
}

// Text that wants to be more than text, in every place that shows one.
TEST_F(PracticePage, KeepsWhatWasTriedAndPrintedFromBeingMoreThanText) {
  const std::string evil =
      "</pre></textarea><script>document.title='owned'</script><img src=x onerror=alert(1)>\x1b]0;t\x07";
  auto report = practice_sample();
  report.ran->out = report.ran->err = evil;
  report.config_error = evil;
  for (auto& check : report.checks) check.headline = check.log_head = check.patch = check.name = evil;
  for (auto& finding : report.findings) {
    finding.diagnostic.message = finding.diagnostic.path = finding.diagnostic.tool = evil;
    finding.line_text = evil;
  }
  const std::string path = begin_and_end("# " + evil + "\n", report);
  const auto page = dashboard.get(path, maya);
  EXPECT_THAT(page.body, AllOf(Not(HasSubstr("<script>document")), Not(HasSubstr("<img")), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(header_of(page, "cache-control"), HasSubstr("no-store"));
  Browser browser(dashboard, maya);
  const Seen seen = browser.look(path);
  EXPECT_THAT(seen.dom, AllOf(HasSubstr("<title>A try · Greenroom</title>"), HasSubstr("‹U+001B›")));
  EXPECT_THAT(seen.complaints, IsEmpty());
}

TEST_F(PracticePage, AMillionLinesThatWereCutAreAPageOfBearableSize) {
  auto report = practice_sample();
  report.ran->out = std::string(model::kShownOutput, '\n');
  for (auto& check : report.checks) check.log_head = std::string(4u << 20, 'x');
  const auto page = dashboard.get(begin_and_end("print(1)\n", report), maya);
  EXPECT_EQ(page.status, 200);
  EXPECT_LT(page.body.size(), 512u << 10);
}

TEST_F(PracticePage, IsWholeInABrowserAndFitsAPhone) {
  const std::string path = begin_and_end("import os\n", practice_sample());
  Browser browser(dashboard, maya);
  for (const auto& [address, words] : {std::pair<std::string, std::string>{"/practice", "Your last tries"},
                                       {path, "Remove the import that nothing uses"}}) {
    const Seen seen = browser.look(address);
    EXPECT_THAT(seen.dom, AllOf(HasSubstr(words), HasSubstr("</html>")));
    EXPECT_THAT(seen.complaints, IsEmpty()) << address;
    EXPECT_THAT(browser.faults_at(address, 360, "p, h2, li, label"), IsEmpty()) << address;
  }
}

}  // namespace
}  // namespace greenroom::testing
