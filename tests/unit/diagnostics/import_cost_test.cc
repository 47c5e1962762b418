#include <gtest/gtest.h>

#include "lib/diagnostics/parser.h"

namespace greenroom::diagnostics {
namespace {

Parsed parse(const std::string& report, int exit_code = 0) {
  Input input;
  input.artefact = report;
  input.exit_code = exit_code;
  input.tool = "import-cost";
  return format_named("import-cost")->parse(input, [](std::string_view) { return std::string_view(); });
}

std::string module(const std::string& name, const std::string& ms, const std::string& mostly = "{}") {
  return R"({"name": ")" + name + R"(", "failure": "", "opened": 214, "looked": 1930, "ms": )" + ms +
         R"(, "mostly": )" + mostly + "}";
}

std::string stopped(const std::string& name) {
  return R"({"name": ")" + name + R"(", "failure": "ModuleNotFoundError: No module named 'maya'", "ms": 0})";
}

std::string modules(const std::string& list) { return R"({"modules": [)" + list + "]}"; }

TEST(ImportCostReport, IsOneSentenceAboutTheSlowestImport) {
  const std::string numpy = R"({"kind": "packages", "name": "numpy"})", own = R"({"kind": "yours", "name": "a"})",
                    python = R"({"kind": "standard library", "name": "standard library"})";
  const std::string counts = ": 214 files opened, 1,930 paths looked at, ";
  EXPECT_EQ(parse(modules(module("shotlib", "179.6", numpy))).headline,
            "import shotlib" + counts + "180 ms; most of it in numpy");
  EXPECT_EQ(parse(modules(module("a", "1234567", own))).headline,
            "import a" + counts + "1,234,567 ms; most of it in the project's own code");
  EXPECT_EQ(parse(modules(module("a", "5", python))).headline,
            "import a" + counts + "5 ms; most of it in the standard library");
  EXPECT_EQ(parse(modules(module("a", "5"))).headline, "import a" + counts + "5 ms");
  EXPECT_EQ(parse(modules(module("a", "5") + "," + module("b", "7") + "," + stopped("c"))).headline,
            "import b" + counts + "7 ms (the slowest of 2); 1 stopped");
}

TEST(ImportCostReport, SaysWhyNothingCouldBeMeasured) {
  const Parsed parsed = parse(modules(stopped("shotlib")));
  EXPECT_EQ(parsed.headline, "");
  EXPECT_EQ(parsed.note, "import shotlib stopped: ModuleNotFoundError: No module named 'maya'");
  EXPECT_TRUE(parsed.complete);
}

TEST(ImportCostReport, IsMissedWhenTheImportsEndedIt) {
  for (const char* report : {"", "{}", "[]", R"({"modules": []})", R"({"modules": {"a": 1}})"}) {
    EXPECT_FALSE(parse(report).complete) << report;
    EXPECT_TRUE(parse(report, 1).crashed) << report;
  }
}

TEST(ImportCostReport, BoundsWhatTheImportedCodeMayHaveWritten) {
  const Parsed parsed = parse(modules(R"({"name": "a\u001b[2J)" + std::string(500, 'x') +
                                      R"(", "opened": -5, "looked": 9223372036854775807, "ms": -1e300}, 7)"));
  EXPECT_LT(parsed.headline.size(), 200u);
  EXPECT_EQ(parsed.headline.find('\x1b'), std::string::npos);
  EXPECT_NE(parsed.headline.find(": 0 files opened, 1,000,000,000 paths looked at, 0 ms"), std::string::npos)
      << parsed.headline;
}

}  // namespace
}  // namespace greenroom::diagnostics
