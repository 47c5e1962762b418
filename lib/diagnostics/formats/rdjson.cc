// reviewdog's rdjson {diagnostics: […]} and rdjsonl, one diagnostic a line. 1-based bytes, end exclusive; a range
// without columns means whole lines, inclusive.

#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {
namespace {

int small(const json::Value& object, std::string_view key) { return bounded_line(json::integer(object, key)); }

model::Severity severity_of(std::string_view word) {
  if (word == "ERROR") return model::Severity::error;
  return word == "INFO" ? model::Severity::info : model::Severity::warning;
}

std::optional<model::Fix> fix_of(const json::Value& item) {
  const json::Value& suggestions = json::member(item, "suggestions");
  if (!suggestions.is_array() || suggestions.empty()) return std::nullopt;
  model::Fix fix;
  fix.safety = model::Fix::Safety::safe;  // the format is for fixes that can be applied as they are
  for (const json::Value& suggestion : suggestions) {
    const json::Value& from = json::member(json::member(suggestion, "range"), "start");
    const json::Value& to = json::member(json::member(suggestion, "range"), "end");
    fix.edits.push_back({{small(from, "line"), small(from, "column"), small(to, "line"), small(to, "column")},
                         json::text(suggestion, "text")});
  }
  return fix;
}

void add_item(Sink& sink, const json::Value& item, std::string_view usual) {
  const json::Value& range = json::member(json::member(item, "location"), "range");
  const std::string path = json::text(json::member(item, "location"), "path"), message = json::text(item, "message"),
                    code = json::text(json::member(item, "code"), "value"),
                    url = json::text(json::member(item, "code"), "url");
  Raw raw;
  raw.path = path;
  raw.line = json::integer(json::member(range, "start"), "line");
  raw.column = json::integer(json::member(range, "start"), "column");
  raw.end_line = json::integer(json::member(range, "end"), "line");
  raw.end_column = json::integer(json::member(range, "end"), "column");
  raw.unit = ColumnUnit::bytes;
  raw.severity = severity_of(json::text(item, "severity", usual));
  raw.code = code;
  raw.message = message;
  raw.url = url;
  raw.fix = fix_of(item);
  sink.add(raw);
}

}  // namespace

Parsed parse_rdjson(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  const auto report = json::parse(input.out);
  if (!report || !json::member(*report, "diagnostics").is_array()) {
    sink.crashed(input.tool + " stopped without a report");
    return sink.take();
  }
  for (const json::Value& item : json::member(*report, "diagnostics"))
    if (item.is_object()) add_item(sink, item, json::text(*report, "severity", "WARNING"));
  return sink.take();
}

Parsed parse_rdjsonl(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  for (const std::string_view line : split_lines(input.out)) {
    if (trim(line).empty()) continue;
    const auto item = json::parse(line);
    if (item && item->is_object())
      add_item(sink, *item, "WARNING");
    else
      sink.incomplete(input.tool + " printed a line that is no diagnostic");
  }
  if (has_traceback(input) || (input.exit_code != 0 && input.exit_code != 1))
    sink.crashed(input.tool + " stopped with an error of its own");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
