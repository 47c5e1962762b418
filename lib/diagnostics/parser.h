#pragma once
// From a tool's output to Diagnostics: the contract, and the list of formats. One file per format in formats/.
// Pure. Input is hostile: size and count are bounded, a parser never throws and never trusts a path.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/model/check.h"
#include "lib/model/diagnostic.h"

namespace greenroom::diagnostics {

// The unit of the columns a tool prints; converted to 1-based bytes against the head's text by `to_byte_columns`.
enum class ColumnUnit { bytes, code_points, utf16, none };

struct Input {
  std::string_view out;  // the tool's standard output
  std::string_view err;
  std::string_view artefact;  // report file, where the format has one (JUnit)
  int exit_code = 0;
  std::string tool;             // "flake8"
  std::string root = "/work/";  // prefix that absolute paths carry inside the sandbox
};

struct Parsed {
  std::vector<model::Diagnostic> diagnostics;
  bool complete = true;  // false: the tool says it did not finish; `note` says why in one sentence
  bool crashed = false;  // the output is no report at all (a traceback, an empty XML): tool_crashed
  std::string note;
  std::string headline;     // of a tool that only informs: what it measured; the check passes with it
  model::TestCounts tests;  // JUnit only
  std::string patch;        // black/isort diffs, git style paths
  std::size_t beyond = 0;   // diagnostics beyond kMaxDiagnostics
  std::size_t dropped = 0;  // those, and others whose path lies outside the repository
};

inline constexpr std::size_t kMaxDiagnostics = 10'000;
inline constexpr std::size_t kMaxMessageBytes = 4096;

struct Format {
  std::string_view name;  // "flake8", "pylint-json", "mypy-text", "mypy-json", "ruff-json", "unified-diff", "junit",
                          // "shellcheck-json1", "checkstyle", "sarif", "rdjson", "rdjsonl", "gcc", "import-cost"
  // Text of the file at the head, for column conversion; returns empty when there is none.
  using Source = std::function<std::string_view(std::string_view path)>;
  Parsed (*parse)(const Input& input, const Source& source);
  // One line for each diagnostic: where a part of the output was cut, its lines say how many there were.
  bool one_a_line = false;
};

const std::vector<Format>& all_formats();
const Format* format_named(std::string_view name);

// Makes `path` relative to the repository: strips `root` or "./"; empty when it escapes, is absolute elsewhere, or
// contains NUL, "..", an empty or "." segment.
std::string repository_path(std::string_view path, std::string_view root);
// 1-based byte column for a 1-based column in `unit`; clamps to the line's length + 1; 0 stays 0.
int to_byte_column(std::string_view line, int column, ColumnUnit unit);
std::string_view line_of(std::string_view text, int line);  // 1-based, without line end; "" when there is none

}  // namespace greenroom::diagnostics
