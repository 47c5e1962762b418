// ruff check --output-format json: an array {code|null, message, filename, location{row,column}, end_location,
// fix|null, url}. 1-based code points, end exclusive. A fix is one-click only when ruff calls it safe.

#include <nlohmann/json.hpp>

#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {
namespace {

int small(const json::Value& object, std::string_view key) { return bounded_line(json::integer(object, key)); }

std::optional<model::Fix> fix_of(const json::Value& fix) {
  if (!fix.is_object()) return std::nullopt;
  model::Fix result;
  result.safety = json::text(fix, "applicability") == "safe" ? model::Fix::Safety::safe : model::Fix::Safety::unsafe;
  result.description = clean_message(json::text(fix, "message"));
  for (const json::Value& edit : json::member(fix, "edits")) {
    const json::Value& from = json::member(edit, "location");
    const json::Value& to = json::member(edit, "end_location");
    result.edits.push_back({{small(from, "row"), small(from, "column"), small(to, "row"), small(to, "column")},
                            json::text(edit, "content")});
  }
  return result;
}

}  // namespace

Parsed parse_ruff_json(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  const auto report = json::parse(input.out);
  if (!report || !report->is_array()) {
    sink.crashed("ruff stopped without a report");
    return sink.take();
  }
  for (const json::Value& item : *report) {
    if (!item.is_object() || json::member(item, "cell").is_number()) continue;  // a notebook's lines are its cell's
    const std::string path = json::text(item, "filename"), code = json::text(item, "code"),
                      message = json::text(item, "message"), url = json::text(item, "url");
    const json::Value& from = json::member(item, "location");
    const json::Value& to = json::member(item, "end_location");
    const bool syntax = !json::member(item, "code").is_string() || code == "invalid-syntax";
    Raw raw;
    raw.path = path;
    raw.line = json::integer(from, "row");
    raw.column = json::integer(from, "column");
    raw.end_line = json::integer(to, "row");
    raw.end_column = json::integer(to, "column");
    raw.unit = ColumnUnit::code_points;
    raw.severity = syntax || code.starts_with("F82") ? model::Severity::error : model::Severity::warning;
    raw.code = syntax ? "invalid-syntax" : code;
    raw.message = message;
    raw.url = url;
    raw.fix = fix_of(json::member(item, "fix"));
    sink.add(raw);
  }
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
