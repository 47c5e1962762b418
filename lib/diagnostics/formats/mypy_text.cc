// mypy with --show-column-numbers --show-error-codes: "path:line:col: error: message  [code]"; columns are 1-based
// bytes, the end (with --show-error-end) inclusive. Notes belong to the error before them.

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/diagnostics/text_line.h"

namespace greenroom::diagnostics::formats {
namespace {

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "message  [code]" → message, code.
std::string_view take_code(std::string_view& message) {
  if (!message.ends_with(']')) return "";
  const auto open = message.rfind("  [");
  if (open == std::string_view::npos) return "";
  const std::string_view code = message.substr(open + 3, message.size() - open - 4);
  if (code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string_view::npos) return "";
  message = message.substr(0, open);
  return code;
}

}  // namespace

Parsed parse_mypy_text(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  model::Diagnostic* previous = nullptr;
  for (const std::string_view line : split_lines(input.out)) {
    if (line.find("errors prevented further checking") != std::string_view::npos)
      sink.incomplete("mypy could not read the whole project; the other findings may appear once this is mended");
    const auto read = read_text_line(line);
    if (!read) continue;
    std::string_view message = read->rest;
    if (take(message, "note: ")) {
      if (previous != nullptr) previous->message = clean_message(previous->message + "\n" + std::string(message));
      continue;
    }
    if (!take(message, "error: ")) continue;
    Raw raw;
    raw.path = read->path;
    raw.line = read->line;
    raw.column = read->column;
    raw.end_line = read->end_line;
    raw.end_column = read->end_column == 0 ? 0 : one_based(read->end_column);
    raw.unit = ColumnUnit::bytes;
    raw.severity = model::Severity::error;
    raw.code = take_code(message);
    raw.message = message;
    previous = sink.add(raw);
  }
  const bool internal = input.out.find("INTERNAL ERROR") != std::string_view::npos ||
                        input.err.find("INTERNAL ERROR") != std::string_view::npos;
  if (internal || has_traceback(input) || (input.exit_code != 0 && input.exit_code != 1 && sink.empty()))
    sink.crashed("mypy stopped with an error of its own");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
