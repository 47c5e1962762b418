#include <gmock/gmock.h>

#include "tests/scenarios/project.h"
#include "tests/scenarios/visitor.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A newcomer at the real page, before a real runner.
class Practice : public ::testing::Test {
 protected:
  Practice() { before = counts(); }
  std::string tried(Visitor& visitor, const std::string& form) {
    const auto answer = visitor.post("/practice", form);
    EXPECT_EQ(answer.status, 303) << answer.body;
    const std::string path = header_of(answer, "location");
    EXPECT_TRUE(wait_until([&] { return visitor.get(path).body.find("data-watch") == std::string::npos; },
                           std::chrono::seconds(60)));
    return visitor.get(path).body;
  }
  std::string run(const std::string& lines) {
    return tried(maya, "what=snippet&kind=snippet.py&run=yes&content=" + http::percent_encode(lines));
  }
  // Everything that a review, a statistic or a memory is made of.
  std::string counts() {
    return line.text(
        "SELECT concat_ws(' ', (SELECT count(*) FROM job), (SELECT count(*) FROM check_run), (SELECT count(*) FROM "
        "finding), (SELECT count(*) FROM effect), (SELECT count(*) FROM posted), (SELECT count(*) FROM lesson_shown), "
        "(SELECT count(*) FROM event), (SELECT count(*) FROM local_host.ledger), (SELECT count(*) FROM "
        "local_host.status), (SELECT sum(dirty_version) FROM review)) AS value");
  }

  static Line::Options options() {
    Line::Options options;
    options.configuration["runner"]["practice.run_seconds"] = "4";
    options.configuration["dashboard"]["approval.required"] = "tests";
    return options;
  }
  // Maya is known by her first push, which has had its review.
  Line& seeded() {
    line.seed(small_project());
    line.push("maya/first", {{"src/shotlist/old.py", "import os\n"}});
    line.settle();
    return line;
  }

  Line line{options()};
  Visitor maya{seeded(), "maya"};
  std::string before;
};

TEST_F(Practice, TeachesAndRunsALineAndLeavesNoTrace) {
  EXPECT_THAT(run("import os\nprint('hello')\n"),
              AllOf(HasSubstr("Remove the import that nothing uses"), HasSubstr("hello"), HasSubstr("It ended well")));
  EXPECT_EQ(counts(), before);
}

TEST_F(Practice, HoldsAgainstWhatPeopleTry) {
  EXPECT_THAT(run("for i in range(10**6):\n    print(i)\n"), AllOf(HasSubstr("999999"), HasSubstr("bytes cut")));
  EXPECT_THAT(run("while True:\n    pass\n"), HasSubstr("was ended by its time limit"));
  EXPECT_THAT(run("import os\n\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n"),
              HasSubstr("was ended by its time limit"));
  EXPECT_THAT(run("import socket\n\nsocket.create_connection((\"192.0.2.1\", 80))\n"), HasSubstr("unreachable"));
  EXPECT_THAT(run("print(open('/etc/shadow').read())\n"), AllOf(HasSubstr("Error"), Not(HasSubstr("root:"))));
  EXPECT_THAT(run("print(1)\n"), HasSubstr("It ended well")) << "the next one is as good as new";
  EXPECT_EQ(counts(), before);
}

TEST_F(Practice, TriesABranchAndKeepsItsTestsForThoseWhoMay) {
  const std::string page = tried(maya, "what=branch&project=practice/shotlist&branch=maya/first");
  EXPECT_THAT(page, AllOf(HasSubstr("src/shotlist/old.py:1"), HasSubstr("The tests of this branch wait")));
  EXPECT_EQ(counts(), before);
}

}  // namespace
}  // namespace greenroom::testing
