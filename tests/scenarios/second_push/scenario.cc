#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFirst = R"(import os
import sys


def names(folder, found=[]):
    for name in os.listdir(folder):
        if name == None:
            continue
        found.append(name)
    return found
)";
// The unused import is gone, everything else moved down by three lines, one new point came.
constexpr const char* kSecond = R"("""Reads the names of a folder."""

# The caller owns the folder.

import os


def names(folder, found=[]):
    for name in os.listdir(folder):
        if name == None:
            continue
        found.append(name)
    unused = 1
    return found
)";

TEST(SecondPush, EditsTheSameSummaryResolvesWhatIsFixedAndNeverRepeats) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/names", {{"src/shotlist/folder.py", kFirst}});
  line.settle();
  const auto before = line.threads(change);
  const std::string first_summary = line.summary(change);
  expect_golden(line, change, "second_push", "first");

  EXPECT_EQ(line.push("maya/names", {{"src/shotlist/folder.py", kSecond}}), change);
  line.settle();
  const auto after = line.threads(change);
  expect_golden(line, change, "second_push", "second");
  EXPECT_NE(line.summary(change), first_summary);
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM local_host.ledger WHERE effect_key LIKE '%summary%' AND action = "
                       "'create_comment'"),
            1);
  EXPECT_GT(
      line.count(
          "SELECT count(*) AS value FROM effect JOIN job USING (trace_id) WHERE job.id = (SELECT max(id) FROM job)"),
      0)
      << "what the second push led to is traced to it";
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after.at(i).path, before[i].path);
    if (before[i].body.find("F401") != std::string::npos)
      EXPECT_TRUE(after[i].resolved);
    else
      EXPECT_FALSE(after[i].resolved) << before[i].body;
  }
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
