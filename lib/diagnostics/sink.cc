#include "lib/diagnostics/sink.h"

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::diagnostics {
namespace {

constexpr std::int64_t kMaxLine = 10'000'000;
constexpr std::size_t kMaxCode = 100;
constexpr std::size_t kMaxEdits = 50;

std::string plain_word(std::string_view text, std::size_t limit) {
  std::string word;
  for (const char c : text.substr(0, limit))
    if (c > ' ' && c < 127) word += c;
  return word;
}

}  // namespace

int bounded_line(std::int64_t line) { return line < 1 || line > kMaxLine ? 0 : static_cast<int>(line); }

std::string clean_message(std::string_view message) {
  std::string text = scrub_utf8(message.substr(0, 2 * kMaxMessageBytes));
  std::erase_if(text,
                [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
  return shorten(trim(text), kMaxMessageBytes - 4);
}

bool has_traceback(const Input& input) {
  constexpr std::string_view kTraceback = "Traceback (most recent call last)";
  return input.err.find(kTraceback) != std::string_view::npos ||
         (input.out.starts_with(kTraceback) ||
          input.out.find("\nTraceback (most recent call last)") != std::string_view::npos);
}

model::Span Sink::span(std::string_view text, const Raw& raw) const {
  const auto column = [&](std::int64_t line, std::int64_t printed) {
    if (raw.unit == ColumnUnit::none || printed < 1 || printed > kMaxLine) return 0;
    return to_byte_column(line_of(text, bounded_line(line)), static_cast<int>(printed), raw.unit);
  };
  model::Span span;
  span.line = bounded_line(raw.line);
  span.end_line = bounded_line(raw.end_line);
  if (span.end_line != 0 && span.end_line < span.line) span.end_line = 0;
  span.column = column(raw.line, raw.column);
  span.end_column = column(span.end_line == 0 ? raw.line : raw.end_line, raw.end_column);
  return span;
}

model::Diagnostic* Sink::add(const Raw& raw) {
  std::string path = repository_path(raw.path, input_.root);
  if (path.empty() || parsed_.diagnostics.size() >= kMaxDiagnostics) {
    ++parsed_.dropped;
    parsed_.beyond += path.empty() ? 0 : 1;
    return nullptr;
  }
  const std::string_view text = source_ ? source_(path) : std::string_view();
  model::Diagnostic diagnostic;
  diagnostic.tool = input_.tool;
  diagnostic.code = plain_word(raw.code, kMaxCode);
  diagnostic.severity = raw.severity;
  diagnostic.span = span(text, raw);
  diagnostic.message = clean_message(raw.message);
  if (raw.url.starts_with("https://")) diagnostic.url = plain_word(raw.url, 500);
  if (raw.fix && raw.fix->edits.size() <= kMaxEdits) {
    diagnostic.fix = raw.fix;
    for (model::TextEdit& edit : diagnostic.fix->edits) {
      Raw place;
      place.unit = raw.unit;
      place.line = edit.span.line;
      place.column = edit.span.column;
      place.end_line = edit.span.end_line;
      place.end_column = edit.span.end_column;
      edit.span = span(text, place);
      edit.text = scrub_utf8(edit.text);
    }
  }
  diagnostic.path = std::move(path);
  parsed_.diagnostics.push_back(std::move(diagnostic));
  return &parsed_.diagnostics.back();
}

void Sink::incomplete(std::string note) {
  parsed_.complete = false;
  if (parsed_.note.empty()) parsed_.note = std::move(note);
}

void Sink::crashed(std::string note) {
  parsed_.crashed = true;
  parsed_.note = std::move(note);
}

}  // namespace greenroom::diagnostics
