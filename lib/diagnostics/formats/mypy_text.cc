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

// The file that stands before a module that mypy cannot do without, after which mypy looks at nothing else:
// `mypy: "typing.py" shadows library module "typing"`, and by newer ones
// `typing.py: error: This file shadows library module "typing"`.
std::string_view shadowing_file(std::string_view line) {
  constexpr std::string_view kError = ": error: ";
  if (take(line, "mypy: \"")) {
    const auto end = line.find("\" shadows library module \"");
    return end == std::string_view::npos ? std::string_view() : line.substr(0, end);
  }
  const auto error = line.find(kError);
  if (error == std::string_view::npos) return {};
  const bool says = line.substr(error + kError.size()).starts_with("This file shadows library module \"");
  return says ? line.substr(0, error) : std::string_view();
}

// False: the line is about something else.
bool read_shadowing(std::string_view line, Sink& sink) {
  const auto file = shadowing_file(line);
  if (file.empty()) return false;
  sink.incomplete(clean_message("mypy cannot read a project whose " + shorten(scrub_utf8(file), 120) +
                                " stands before a module that mypy needs"));
  return true;
}

}  // namespace

Parsed parse_mypy_text(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  model::Diagnostic* previous = nullptr;
  bool shadowed = false;
  for (const std::string_view line : split_lines(input.err)) shadowed |= read_shadowing(line, sink);
  for (const std::string_view line : split_lines(input.out)) {
    if (read_shadowing(line, sink)) {
      shadowed = true;
      continue;
    }
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
  if (internal || has_traceback(input) || (input.exit_code != 0 && input.exit_code != 1 && sink.empty() && !shadowed))
    sink.crashed("mypy stopped with an error of its own");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
