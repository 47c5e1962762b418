#include "lib/store/practice_report.h"

#include <gtest/gtest.h>

namespace greenroom::store {
namespace {

model::Finding finding_on(int line, model::Placement placement) {
  model::Finding finding;
  finding.check = "flake8";
  finding.diagnostic.tool = "flake8";
  finding.diagnostic.code = "F401";
  finding.diagnostic.path = "snippet.py";
  finding.diagnostic.span = {line, 1, line, 4};
  finding.diagnostic.message = "'os' imported but \"unused\" <script>";
  finding.placement = placement;
  return finding;
}

model::PracticeReport report() {
  model::PracticeReport report;
  auto& check = report.checks.emplace_back();
  check.name = "pytest";
  check.kind = model::CheckKind::test;
  check.state = model::CheckState::failed;
  check.headline = "1 failed";
  check.tests.failed = 1;
  check.log_head = "log";
  report.findings = {finding_on(3, model::Placement::author_line)};
  report.findings[0].diagnostic.fix = model::Fix{};
  report.findings[0].diagnostic.fix->lines = {"a"};
  report.ran = model::Ran{"ended with exit code 3", false, std::chrono::milliseconds(1500), "out", "err"};
  report.config_error = "wrong";
  return report;
}

TEST(PracticeReport, IsReadAsItWasWritten) {
  const auto read = practice_report_from_json(to_json(report()));
  ASSERT_TRUE(read) << read.error().describe();
  ASSERT_EQ(read->checks.size(), 1u);
  EXPECT_EQ(read->checks[0].state, model::CheckState::failed);
  EXPECT_EQ(read->checks[0].kind, model::CheckKind::test);
  EXPECT_EQ(read->checks[0].log_head, "log");
  EXPECT_EQ(read->checks[0].tests.failed, 1);
  ASSERT_EQ(read->findings.size(), 1u);
  EXPECT_EQ(read->findings[0].diagnostic.message, "'os' imported but \"unused\" <script>");
  EXPECT_EQ(read->findings[0].diagnostic.span.line, 3);
  ASSERT_TRUE(read->findings[0].diagnostic.fix);
  EXPECT_EQ(read->findings[0].diagnostic.fix->lines, std::vector<std::string>{"a"});
  ASSERT_TRUE(read->ran);
  EXPECT_EQ(read->ran->ending, "ended with exit code 3");
  EXPECT_EQ(read->ran->took.count(), 1500);
  EXPECT_EQ(read->ran->out + read->ran->err, "outerr");
  EXPECT_EQ(read->config_error, "wrong");
  EXPECT_EQ(to_json(*read), to_json(report()));
}

TEST(PracticeReport, TakesAnyBytesThatAProgramPrinted) {
  auto hostile = report();
  hostile.ran->out = std::string("\0\xff\xed\xa0\x80 ok", 8);
  const auto read = practice_report_from_json(to_json(hostile));
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_NE(read->ran->out.find("ok"), std::string::npos);
}

TEST(PracticeReport, KeepsTheAuthorsOwnWhereThereAreTooMany) {
  model::PracticeReport many;
  for (int i = 1; i <= 1000; ++i) many.findings.push_back(finding_on(i, model::Placement::elsewhere));
  many.findings.push_back(finding_on(7777, model::Placement::author_line));
  const auto read = practice_report_from_json(to_json(many));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->findings.size(), kTryFindings);
  EXPECT_EQ(read->findings.front().diagnostic.span.line, 7777);
}

TEST(PracticeReport, OfNobodysMakingIsRefused) {
  for (const std::string text : {"", "[]", "1", "{\"checks\":[{\"kind\":\"no such\"}]}", "{\"findings\":[{}]}"})
    EXPECT_FALSE(practice_report_from_json(text)) << text;
  EXPECT_TRUE(practice_report_from_json("{}"));
}

}  // namespace
}  // namespace greenroom::store
