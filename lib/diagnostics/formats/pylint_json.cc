// pylint --output-format=json: an array. Columns are 0-based bytes, endColumn exclusive, null on syntax errors. The
// exit status is a bitmask: 1 fatal, 2 error, 4 warning, 8 refactor, 16 convention, 32 usage error.

#include <nlohmann/json.hpp>

#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {
namespace {

model::Severity severity_of(std::string_view type) {
  if (type == "error" || type == "fatal") return model::Severity::error;
  return type == "warning" ? model::Severity::warning : model::Severity::info;
}

}  // namespace

Parsed parse_pylint_json(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  const auto report = json::parse(input.out);
  const bool usage = (input.exit_code & 32) != 0;
  if (!report || !report->is_array() || usage) {
    sink.crashed("pylint stopped without a report");
    return sink.take();
  }
  for (const json::Value& message : *report) {
    const std::string path = json::text(message, "path"), code = json::text(message, "message-id"),
                      type = json::text(message, "type"), words = json::text(message, "message");
    if (code == "F0002") {  // astroid-error: pylint's own
      sink.crashed("pylint stopped with an error of its own");
      continue;
    }
    Raw raw;
    raw.path = path;
    raw.line = json::integer(message, "line");
    raw.column = one_based(json::integer(message, "column", -1));
    raw.end_line = json::integer(message, "endLine");
    raw.end_column = one_based(json::integer(message, "endColumn", -1));
    raw.unit = ColumnUnit::bytes;
    raw.severity = severity_of(type);
    raw.code = code;
    raw.message = words;
    sink.add(raw);
  }
  if (has_traceback(input)) sink.crashed("pylint stopped with an error of its own");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
