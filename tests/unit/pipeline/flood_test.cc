// Tools that print more than anybody reads: what is kept of it, and what the headline says.

#include <gmock/gmock.h>

#include "lib/pipeline/kept_log.h"
#include "lib/pipeline/verdict.h"

namespace greenroom::pipeline {
namespace {

using model::CheckState;
using ::testing::EndsWith;
using ::testing::StartsWith;

constexpr std::size_t kHalf = 64u << 10;

model::CheckResult kept(const process::Capture& out, const process::Capture& err = {}) {
  model::CheckResult result;
  keep_log(out, err, result);
  return result;
}

TEST(KeptLog, IsWholeWhileItIsShort) {
  const auto both = kept({"out", "", 0, 0}, {"err\n", "", 0, 0});
  EXPECT_EQ(both.log_head, "out\nerr\n");
  EXPECT_EQ(both.log_tail, "");
  EXPECT_EQ(both.log_cut, 0u);
  EXPECT_EQ(kept({"out\n", "", 0, 0}, {"err", "", 0, 0}).log_head, "out\nerr");
  EXPECT_EQ(kept({"", "", 0, 0}, {"err", "", 0, 0}).log_head, "err");
  EXPECT_EQ(kept({"a", "z", 7, 0}).log_head, "a\n[… 7 bytes cut …]\nz");
  EXPECT_EQ(kept({"a\xff", "", 0, 0}).log_head, "a\xEF\xBF\xBD");
}

TEST(KeptLog, KeepsBothEndsOfAFlood) {
  const auto result = kept({"first" + std::string(4u << 20, 'x'), std::string(4u << 20, 'y'), 1000, 0},
                           {std::string(100, 'e') + "last", "", 0, 0});
  EXPECT_THAT(result.log_head, StartsWith("firstxxx"));
  EXPECT_LE(result.log_head.size(), kHalf);
  EXPECT_THAT(result.log_tail, EndsWith("eelast"));
  EXPECT_EQ(result.log_tail.size(), kHalf);
  EXPECT_GT(result.log_cut, 8'000'000u);
}

TEST(KeptLog, CutsNoCharacterOfItsHeadInTwo) {
  std::string text;
  while (text.size() < 3 * kHalf) text += "ü€𝄞";
  const auto result = kept({text, "", 0, 0});
  EXPECT_EQ(result.log_head.find("\xEF\xBF\xBD"), std::string::npos);
}

model::CheckResult read(const std::string& format, const sandbox::SandboxOutcome& outcome, int on_author_lines) {
  checks::Check check;
  check.name = check.format = format;
  check.kind = model::CheckKind::lint;
  model::CheckResult result = waiting(check);
  result.state = CheckState::running;
  read_outcome(check, outcome, {}, "/work/", result);
  conclude(result, on_author_lines);
  return result;
}

// What is left of a report of `lines` lines, of which the sandbox keeps `bytes`.
sandbox::SandboxOutcome report_of(int lines, std::size_t bytes) {
  std::string text;
  for (int i = 1; i <= lines; ++i) text += "a.py:" + std::to_string(i) + ":1: F401 'os' imported but unused\n";
  sandbox::SandboxOutcome outcome;
  outcome.process.exit_code = 1;
  process::Capture& out = outcome.process.out;
  if (text.size() <= bytes) {
    out.head = std::move(text);
    return outcome;
  }
  out.head = text.substr(0, bytes / 2);
  out.tail = text.substr(text.size() - bytes / 2);
  out.cut = text.size() - out.head.size() - out.tail.size();
  out.cut_lines = static_cast<std::uint64_t>(lines) -
                  static_cast<std::uint64_t>(std::count(out.head.begin(), out.head.end(), '\n')) -
                  static_cast<std::uint64_t>(std::count(out.tail.begin(), out.tail.end(), '\n'));
  return outcome;
}

TEST(Flood, OfFindingsIsCountedAndTheHeadlineSaysHowManyWereRead) {
  const auto many = read("flake8", report_of(12'000, 8u << 20), 3);
  EXPECT_EQ(many.headline, "12,000 findings, of which 10,000 were read");
  EXPECT_EQ(many.state, CheckState::attention);
  const auto cut = read("flake8", report_of(200'000, 1u << 20), 3);
  EXPECT_THAT(cut.headline, EndsWith(" findings, of which 10,000 were read"));
  EXPECT_THAT(cut.headline, ::testing::AnyOf(StartsWith("200,000 "), StartsWith("199,999 "), StartsWith("199,998 ")))
      << "the line that was cut in two is none";
}

TEST(Flood, WithNothingOnTheAuthorsLinesIsNoPass) {
  EXPECT_EQ(read("flake8", report_of(12'000, 8u << 20), 0).state, CheckState::incomplete);
  EXPECT_EQ(read("flake8", report_of(100, 8u << 20), 0).state, CheckState::passed);
}

TEST(Flood, ThatLeavesNoReportSaysSoAndBlamesNobody) {
  sandbox::SandboxOutcome outcome;
  outcome.process.exit_code = 1;
  outcome.process.out = {"[{\"code\": \"F401\",", "}]", 60u << 20, 0};
  const auto result = read("ruff-json", outcome, 0);
  EXPECT_EQ(result.state, CheckState::incomplete) << result.headline;
  EXPECT_EQ(result.headline, "its report is longer than the 8 MiB that are read");
}

}  // namespace
}  // namespace greenroom::pipeline
