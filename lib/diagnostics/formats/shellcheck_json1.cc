// shellcheck --format=json1: {comments: [{file, line, endLine, column, endColumn, level, code, message, fix}]}.
// 1-based code points, tabs counted as one, end exclusive.

#include <nlohmann/json.hpp>

#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {
namespace {

model::Severity severity_of(std::string_view level) {
  if (level == "error") return model::Severity::error;
  return level == "warning" ? model::Severity::warning : model::Severity::info;
}

}  // namespace

Parsed parse_shellcheck_json1(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  const auto report = json::parse(input.out);
  if (!report || !json::member(*report, "comments").is_array()) {
    sink.crashed("shellcheck stopped without a report");
    return sink.take();
  }
  for (const json::Value& comment : json::member(*report, "comments")) {
    const std::string path = json::text(comment, "file"), message = json::text(comment, "message"),
                      code = "SC" + std::to_string(json::integer(comment, "code"));
    const std::string url = "https://www.shellcheck.net/wiki/" + code;
    Raw raw;
    raw.path = path;
    raw.line = json::integer(comment, "line");
    raw.column = json::integer(comment, "column");
    raw.end_line = json::integer(comment, "endLine");
    raw.end_column = json::integer(comment, "endColumn");
    raw.unit = ColumnUnit::code_points;
    raw.severity = severity_of(json::text(comment, "level"));
    raw.code = code;
    raw.message = message;
    raw.url = url;
    sink.add(raw);
  }
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
