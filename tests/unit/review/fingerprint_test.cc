#include <gtest/gtest.h>

#include <set>

#include "lib/review/review.h"

namespace greenroom::review {
namespace {

model::Finding finding(const std::string& path, int line, const std::string& text, const std::string& message = "m") {
  model::Finding out;
  out.diagnostic.tool = "flake8";
  out.diagnostic.code = "F401";
  out.diagnostic.path = path;
  out.diagnostic.span.line = line;
  out.diagnostic.message = message;
  out.line_text = text;
  return out;
}

std::string only(model::Finding value, const std::map<std::string, std::string>& renames = {}) {
  std::vector<model::Finding> all{std::move(value)};
  assign_fingerprints(all, renames);
  return all[0].fingerprint;
}

TEST(Fingerprint, SurvivesAMoveAndANewIndentation) {
  EXPECT_EQ(only(finding("a.py", 3, "import os")), only(finding("a.py", 90, "    import  os\r")));
}

TEST(Fingerprint, SurvivesARename) {
  EXPECT_EQ(only(finding("old.py", 3, "import os")), only(finding("new.py", 3, "import os"), {{"new.py", "old.py"}}));
  EXPECT_NE(only(finding("old.py", 3, "import os")), only(finding("new.py", 3, "import os")));
}

TEST(Fingerprint, SurvivesLineNumbersInsideTheMessage) {
  EXPECT_EQ(only(finding("a.py", 3, "def f():", "redefinition of unused 'f' from line 1")),
            only(finding("a.py", 9, "def f():", "redefinition of unused 'f' from line 117")));
  EXPECT_NE(only(finding("a.py", 3, "x", "undefined name 'x1'")), only(finding("a.py", 3, "x", "undefined name 'x2'")));
  EXPECT_NE(only(finding("a.py", 3, "x", "undefined name x1")), only(finding("a.py", 3, "x", "undefined name x2")));
}

TEST(Fingerprint, DiffersByEveryPartOfTheIdentity) {
  const auto base = finding("a.py", 3, "import os");
  std::set<std::string> all{only(base)};
  auto other = base;
  other.diagnostic.tool = "ruff";
  all.insert(only(other));
  other = base;
  other.diagnostic.code = "F811";
  all.insert(only(other));
  all.insert(only(finding("a.py", 3, "import sys")));
  all.insert(only(finding("a.py", 3, "import os", "another")));
  all.insert(only(finding("b.py", 3, "import os")));
  EXPECT_EQ(all.size(), 6u);
}

TEST(Fingerprint, CountsEqualFindingsFromTheTopWhateverTheirOrder) {
  std::vector<model::Finding> forward{finding("a.py", 1, "x"), finding("a.py", 5, "x"), finding("a.py", 9, "x")};
  std::vector<model::Finding> backward{forward[2], forward[1], forward[0]};
  assign_fingerprints(forward, {});
  assign_fingerprints(backward, {});
  EXPECT_EQ(forward[0].fingerprint, backward[2].fingerprint);
  EXPECT_EQ(forward[2].fingerprint, backward[0].fingerprint);
  EXPECT_NE(forward[0].fingerprint, forward[1].fingerprint);
  EXPECT_EQ(forward[0].fingerprint.size(), 64u);
}

TEST(Fingerprint, FieldsCannotRunIntoEachOther) {
  EXPECT_NE(only(finding("a.py", 1, "b", "c")), only(finding("a.py", 1, "", "cb")));
}

}  // namespace
}  // namespace greenroom::review
