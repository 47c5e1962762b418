#pragma once
// Where every format puts what it read. Here, and only here, hostile text becomes a Diagnostic: the path is proved, the
// message scrubbed and bounded, columns converted, the count limited.

#include <optional>
#include <string>
#include <string_view>

#include "lib/diagnostics/parser.h"

namespace greenroom::diagnostics {

struct Raw {  // as the tool printed it
  std::string path;
  std::int64_t line = 0, column = 0, end_line = 0, end_column = 0;  // 1-based; end_column exclusive
  ColumnUnit unit = ColumnUnit::none;
  model::Severity severity = model::Severity::warning;
  std::string code, message, url;
  std::optional<model::Fix> fix;  // with columns in `unit`; converted here
};

// A tool's number counted from 1 instead of 0. One that no file can have becomes 0, which is "unknown".
inline std::int64_t one_based(std::int64_t number) { return number < 0 || number > (1LL << 40) ? 0 : number + 1; }

class Sink {
 public:
  Sink(const Input& input, const Format::Source& source) : input_(input), source_(source) {}
  // The diagnostic that was made; nullptr when it was dropped. Valid until the next add.
  model::Diagnostic* add(const Raw& raw);
  void incomplete(std::string note);
  void crashed(std::string note);
  bool empty() const { return parsed_.diagnostics.empty(); }
  Parsed& result() { return parsed_; }
  Parsed take() { return std::move(parsed_); }

 private:
  model::Span span(std::string_view text, const Raw& raw) const;
  const Input& input_;
  const Format::Source& source_;
  Parsed parsed_;
};

std::string clean_message(std::string_view message);  // valid UTF-8, no control characters, at most kMaxMessageBytes
bool has_traceback(const Input& input);               // the tool itself threw
int bounded_line(std::int64_t line);                  // 0 for what can be no line

}  // namespace greenroom::diagnostics
