// SARIF 2.1.0. 1-based, endColumn exclusive; columnKind says the unit (the specification's default is UTF-16). Results
// with an accepted suppression are left out; a level falls back to the rule's default, then to warning.

#include <nlohmann/json.hpp>

#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {
namespace {

const json::Value& at(const json::Value& value, std::initializer_list<const char*> keys) {
  const json::Value* found = &value;
  for (const char* key : keys) found = &json::member(*found, key);
  return *found;
}

const json::Value& first(const json::Value& array) {
  static const json::Value kNull;
  return array.is_array() && !array.empty() ? array[0] : kNull;
}

bool suppressed(const json::Value& result) {
  for (const json::Value& each : json::member(result, "suppressions"))
    if (each.is_object() && json::text(each, "status", "accepted") == "accepted") return true;
  return false;
}

const json::Value& rule_of(const json::Value& run, const json::Value& result) {
  static const json::Value kNull;
  const json::Value& rules = at(run, {"tool", "driver", "rules"});
  if (!rules.is_array()) return kNull;
  const std::int64_t index = json::integer(result, "ruleIndex", -1);
  if (index >= 0 && index < static_cast<std::int64_t>(rules.size())) return rules[static_cast<std::size_t>(index)];
  const std::string id = json::text(result, "ruleId");
  for (const json::Value& rule : rules)
    if (!id.empty() && json::text(rule, "id") == id) return rule;
  return kNull;
}

model::Severity severity_of(const json::Value& result, const json::Value& rule) {
  std::string level = json::text(result, "level");
  if (level.empty()) level = json::text(at(rule, {"defaultConfiguration"}), "level", "warning");
  if (level == "error") return model::Severity::error;
  return level == "warning" ? model::Severity::warning : model::Severity::info;
}

// "file:///work/a%20b.py" → "/work/a b.py". What decodes badly is left as it is and then refused as a path.
std::string path_of(std::string uri) {
  if (uri.starts_with("file://")) uri = uri.substr(7);
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    unsigned byte = 0;
    if (uri[i] == '%' && i + 2 < uri.size() && std::sscanf(uri.substr(i + 1, 2).c_str(), "%2x", &byte) == 1) {
      path += static_cast<char>(byte);
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

void add_result(Sink& sink, const json::Value& run, const json::Value& result) {
  if (!result.is_object() || suppressed(result)) return;
  const json::Value& rule = rule_of(run, result);
  const json::Value& place = at(first(json::member(result, "locations")), {"physicalLocation"});
  const json::Value& region = json::member(place, "region");
  const std::string path = path_of(json::text(json::member(place, "artifactLocation"), "uri")),
                    code = json::text(result, "ruleId", json::text(rule, "id")),
                    message = json::text(json::member(result, "message"), "text"), url = json::text(rule, "helpUri");
  Raw raw;
  raw.path = path;
  raw.line = json::integer(region, "startLine");
  raw.column = json::integer(region, "startColumn");
  raw.end_line = json::integer(region, "endLine");
  raw.end_column = json::integer(region, "endColumn");
  raw.unit = json::text(run, "columnKind") == "unicodeCodePoints" ? ColumnUnit::code_points : ColumnUnit::utf16;
  raw.severity = severity_of(result, rule);
  raw.code = code;
  raw.message = message;
  raw.url = url;
  sink.add(raw);
}

}  // namespace

Parsed parse_sarif(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  const auto log = json::parse(input.out);
  if (!log || !json::member(*log, "runs").is_array()) {
    sink.crashed(input.tool + " stopped without a report");
    return sink.take();
  }
  for (const json::Value& run : json::member(*log, "runs")) {
    if (!run.is_object()) continue;
    for (const json::Value& result : json::member(run, "results")) add_result(sink, run, result);
    const json::Value& invocation = first(json::member(run, "invocations"));
    if (invocation.is_object() && !json::boolean(invocation, "executionSuccessful", true))
      sink.incomplete(input.tool + " says that it did not finish");
  }
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
