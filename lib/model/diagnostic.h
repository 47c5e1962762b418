#pragma once
// Stage 5 of the line: one tool-neutral finding of a tool, before the diff has said whom it concerns.

#include <optional>
#include <string>
#include <vector>

namespace greenroom::model {

enum class Severity { info, warning, error };

// 1-based lines. Columns are 1-based BYTES of the line in the head blob; 0 = unknown. end is inclusive of the line,
// exclusive of the column, as in rdjson. A column never decides where a comment is anchored; the line does.
struct Span {
  int line = 0;  // 0: the finding concerns the whole file
  int column = 0;
  int end_line = 0;  // 0: same as line
  int end_column = 0;
  bool operator==(const Span&) const = default;
};

struct TextEdit {  // replace `span` by `text`
  Span span;
  std::string text;
};

struct Fix {
  enum class Safety { safe, unsafe } safety = Safety::unsafe;
  std::string description;
  std::vector<TextEdit> edits;
  // Once it is placed: the whole lines that the edits and the finding touch, when they are several, all the author's,
  // and in one hunk. Otherwise empty.
  int first_line = 0;
  std::vector<std::string> lines = {};
};

struct Diagnostic {
  std::string tool;  // "flake8"
  std::string code;  // "F401"; empty for a syntax error without a code
  Severity severity = Severity::warning;
  std::string path;  // relative, '/'-separated, proved to lie inside the repository
  Span span;
  std::string message;  // valid UTF-8, at most 4 KiB, no control characters but '\n' and '\t'
  std::optional<Fix> fix;
  std::string url;  // the tool's own page on the rule; may be empty
};

}  // namespace greenroom::model
