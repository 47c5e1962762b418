// mypy --output json: one object a line {file, line, column, message, hint, code, severity}. Columns are 0-based bytes.

#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {

Parsed parse_mypy_json(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  for (const std::string_view line : split_lines(input.out)) {
    if (line.find("errors prevented further checking") != std::string_view::npos)
      sink.incomplete("mypy could not read the whole project; the other findings may appear once this is mended");
    if (!line.starts_with('{')) continue;
    const auto object = json::parse(line);
    if (!object || !object->is_object() || json::text(*object, "severity", "error") == "note") continue;
    const std::string path = json::text(*object, "file"), code = json::text(*object, "code"),
                      hint = json::text(*object, "hint");
    const std::string message = json::text(*object, "message") + (hint.empty() ? "" : "\n" + hint);
    Raw raw;
    raw.path = path;
    raw.line = json::integer(*object, "line");
    raw.column = one_based(json::integer(*object, "column", -1));
    raw.unit = ColumnUnit::bytes;
    raw.severity = model::Severity::error;
    raw.code = code;
    raw.message = message;
    sink.add(raw);
    // A syntax error ends mypy before it looked at anything else.
    if (code == "syntax")
      sink.incomplete("mypy could not read the whole project; the other findings may appear once this is mended");
  }
  const bool internal = input.err.find("INTERNAL ERROR") != std::string_view::npos;
  if (internal || has_traceback(input) || (input.exit_code != 0 && input.exit_code != 1 && sink.empty()))
    sink.crashed("mypy stopped with an error of its own");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
