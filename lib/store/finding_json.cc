#include "lib/store/finding_json.h"

#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "lib/store/names.h"

namespace greenroom::store {
namespace {

// Postgres's text and jsonb hold no NUL.
std::string without_nul(std::string text) {
  std::erase(text, '\0');
  return text;
}

json::Value fix_json(const std::optional<model::Fix>& fix) {
  if (!fix) return nullptr;
  json::Value edits = json::Value::array();
  for (const model::TextEdit& edit : fix->edits)
    edits.push_back({{"line", edit.span.line},
                     {"col", edit.span.column},
                     {"end_line", edit.span.end_line},
                     {"end_col", edit.span.end_column},
                     {"text", without_nul(edit.text)}});
  json::Value lines = json::Value::array();
  for (const std::string& line : fix->lines) lines.push_back(without_nul(line));
  return {{"safe", fix->safety == model::Fix::Safety::safe},
          {"description", without_nul(fix->description)},
          {"edits", edits},
          {"first_line", fix->first_line},
          {"lines", lines}};
}

model::Fix fix_in(const json::Value& value) {
  model::Fix fix;
  fix.safety = json::boolean(value, "safe") ? model::Fix::Safety::safe : model::Fix::Safety::unsafe;
  fix.description = json::text(value, "description");
  for (const json::Value& edit : json::member(value, "edits"))
    fix.edits.push_back(
        {{static_cast<int>(json::integer(edit, "line")), static_cast<int>(json::integer(edit, "col")),
          static_cast<int>(json::integer(edit, "end_line")), static_cast<int>(json::integer(edit, "end_col"))},
         json::text(edit, "text")});
  fix.first_line = static_cast<int>(json::integer(value, "first_line"));
  for (const json::Value& line : json::member(value, "lines")) {
    if (line.is_string()) fix.lines.push_back(line.get<std::string>());
  }
  return fix;
}

Result<model::Finding> finding_in(const json::Value& value) {
  const auto number = [&](const char* key) { return static_cast<int>(json::integer(value, key)); };
  model::Finding finding;
  model::Diagnostic& d = finding.diagnostic;
  try {
    d.severity = severity_named(json::text(value, "severity"));
    finding.placement = placement_named(json::text(value, "placement"));
  } catch (const std::logic_error& wrong) {
    return user_fault(wrong.what());
  }
  finding.check = json::text(value, "check_name");
  d.tool = json::text(value, "tool");
  d.code = json::text(value, "code");
  d.path = json::text(value, "path");
  d.span = {number("line"), number("col"), number("end_line"), number("end_col")};
  d.message = json::text(value, "message");
  d.url = json::text(value, "url");
  if (const auto& fix = json::member(value, "fix"); fix.is_object()) d.fix = fix_in(fix);
  finding.line_text = json::text(value, "line_text");
  finding.hunk_first_line = number("hunk_first_line");
  finding.hunk_last_line = number("hunk_last_line");
  finding.fingerprint = json::text(value, "fingerprint");
  return finding;
}

}  // namespace

json::Value findings_value(const std::vector<model::Finding>& findings) {
  json::Value rows = json::Value::array();
  for (const model::Finding& finding : findings) {
    const model::Diagnostic& d = finding.diagnostic;
    rows.push_back({{"check_name", finding.check},
                    {"tool", without_nul(d.tool)},
                    {"code", without_nul(d.code)},
                    {"severity", name_of(d.severity)},
                    {"path", without_nul(d.path)},
                    {"line", d.span.line},
                    {"col", d.span.column},
                    {"end_line", d.span.end_line},
                    {"end_col", d.span.end_column},
                    {"message", without_nul(d.message)},
                    {"url", without_nul(d.url)},
                    {"fix", fix_json(d.fix)},
                    {"placement", name_of(finding.placement)},
                    {"line_text", without_nul(finding.line_text)},
                    {"hunk_first_line", finding.hunk_first_line},
                    {"hunk_last_line", finding.hunk_last_line},
                    {"fingerprint", finding.fingerprint}});
  }
  return rows;
}

std::string to_json(const std::vector<model::Finding>& findings) { return json::dump(findings_value(findings)); }

Result<std::vector<model::Finding>> findings_in(const json::Value& list) {
  std::vector<model::Finding> findings;
  for (const json::Value& one : list) {
    GREENROOM_TRY(finding, finding_in(one));
    findings.push_back(std::move(finding));
  }
  return findings;
}

Result<std::optional<model::Fix>> fix_from_json(std::string_view text) {
  if (text.empty() || text == "null") return std::optional<model::Fix>{};
  GREENROOM_TRY(value, json::parse(text));
  return std::optional(fix_in(value));
}

}  // namespace greenroom::store
