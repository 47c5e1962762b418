#include "tests/unit/review/samples.h"

#include <gtest/gtest.h>

namespace greenroom::review {
namespace {

using model::CheckKind;
using model::CheckState;

constexpr const char* kUnused = R"(---
id: flake8/F401
tool: flake8
codes: [F401]
aliases: [pylint/W0611]
title: Remove the import that nothing uses
kind: lint
severity: actionable
level: starter
why_short: A reader looks for the use of every import and finds none.
owner: standards
suggestion: true
---
## Try this
Delete the line, or the one name.

## Why
Each import is a promise that the file needs it.

## Example
```python
import os
```
```python
ROOT = "/shots"
```

## Pitfalls
An import may register something.
)";

constexpr const char* kNone = R"(---
id: flake8/E711
tool: flake8
codes: [E711]
title: Compare to None with "is"
kind: lint
severity: actionable
level: starter
why_short: A class may answer `==` as it likes; `is` asks whether it is None.
suggestion: true
---
## Try this
Write `is None`.

## Why
There is one None.

## Example
```python
shot == None
```
```python
shot is None
```
)";

constexpr const char* kSyntax = R"(---
id: flake8/E999
tool: flake8
codes: [E999]
aliases: [mypy/syntax, pylint/E0001]
title: Close what is still open
kind: lint
severity: essential
level: starter
why_short: Python cannot read the file, so no other check can.
---
## Try this
Look one line further up.

## Why
The parser names the place where it gave up.

## Example
```python
total(
```
```python
total()
```
)";

constexpr const char* kFormat = R"(---
id: black/format
tool: black
codes: [format]
aliases: ['black/*']
title: Let the formatter do the layout
kind: format
severity: informative
level: starter
why_short: Layout by a tool leaves reviews to the code.
command: black {path}
---
## Try this
Run it.

## Why
Nobody discusses spaces.

## Example
```python
a=1
```
```python
a = 1
```
)";

}  // namespace

const teaching::LessonBook& sample_book() {
  static const auto book = teaching::LessonBook::from_texts({{"flake8/F401.md", kUnused},
                                                             {"flake8/E711.md", kNone},
                                                             {"flake8/E999.md", kSyntax},
                                                             {"black/format.md", kFormat}});
  EXPECT_TRUE(book);
  return *book;
}

model::Finding finding(const std::string& tool, const std::string& code, const std::string& path, int line,
                       const std::string& message, const std::string& text) {
  model::Finding out;
  out.diagnostic.tool = tool;
  out.diagnostic.code = code;
  out.diagnostic.path = path;
  out.diagnostic.span.line = line;
  out.diagnostic.message = message;
  out.check = tool;
  out.placement = model::Placement::author_line;
  out.line_text = text;
  out.hunk_first_line = 1;
  out.hunk_last_line = 100;
  return out;
}

model::CheckResult check(const std::string& name, CheckKind kind, CheckState state, const std::string& headline) {
  model::CheckResult out;
  out.name = name;
  out.kind = kind;
  out.state = state;
  out.headline = headline;
  out.what = "Looks at " + name + "'s part.";
  out.why = "The project wants it.";
  out.run_yourself = "greenroom check " + name;
  return out;
}

void teach_into(Facts& facts, std::vector<model::Finding> findings, const teaching::Options& options,
                const model::LessonMemory& memory) {
  assign_fingerprints(findings, {});
  facts.teaching = teaching::teach(findings, facts.checks, sample_book(), memory, options);
}

Facts clean() {
  Facts facts;
  facts.head_sha = "0123456789abcdef0123456789abcdef01234567";
  facts.job = {7};
  facts.stage = Facts::Stage::done;
  facts.author_name = "Maya";
  facts.dashboard_url = "http://127.0.0.1:8080";
  facts.sections["buddy"] = "**With this change:** Ben Ortiz.";
  facts.size = {2, 40, 3};
  facts.checks = {check("black", CheckKind::format, CheckState::passed, "nothing to change"),
                  check("flake8", CheckKind::lint, CheckState::passed, ""),
                  check("pytest", CheckKind::test, CheckState::passed, "41 passed")};
  facts.checks[2].tests.passed = 41;
  return facts;
}

Facts first_push() {
  Facts facts = clean();
  facts.sections["welcome"] = "**Welcome, Maya.** Nothing here is urgent.";
  const std::string path = "src/shotlist/collect.py";
  facts.checks = {check("black", CheckKind::format, CheckState::attention, "1 file to lay out"),
                  check("flake8", CheckKind::lint, CheckState::attention, "4 to look at"),
                  check("mypy", CheckKind::type, CheckState::passed, ""),
                  check("pytest", CheckKind::test, CheckState::failed, "1 failed, 1 passed")};
  facts.checks[0].patch = "--- a/" + path + "\n+++ b/" + path +
                          "\n@@ -22 +22 @@\n-    total = len( set(frames) )\n+    total = len(set(frames))\n";
  facts.checks[3].tests = {1, 1, 0, 0};
  auto failed = finding("pytest", "failed", "tests/test_collect.py", 12,
                        "test_an_empty_folder_has_no_shots\nassert '0' == 0\n + where '0' = frame_count([])\n", "");
  failed.placement = model::Placement::elsewhere;
  auto unused = finding("flake8", "F401", path, 4, "'sys' imported but unused", "import sys");
  unused.diagnostic.fix = model::Fix{model::Fix::Safety::safe, "Remove", {{{4, 1, 5, 1}, ""}}};
  teach_into(facts, {failed, unused, finding("flake8", "F401", path, 5, "'re' imported but unused", "import re"),
                     finding("flake8", "E711", path, 12, "comparison to None", "        if shot == None:"),
                     finding("flake8", "C901", path, 9, "'collect_shots' is too complex (11)", "def collect_shots():"),
                     finding("black", "", path, 22, "would reformat", "    total = len( set(frames) )")});
  return facts;
}

}  // namespace greenroom::review
