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
  return {{"safe", fix->safety == model::Fix::Safety::safe},
          {"description", without_nul(fix->description)},
          {"edits", edits}};
}

}  // namespace

std::string to_json(const std::vector<model::Finding>& findings) {
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
  return json::dump(rows);
}

Result<std::optional<model::Fix>> fix_from_json(std::string_view text) {
  if (text.empty() || text == "null") return std::optional<model::Fix>{};
  GREENROOM_TRY(value, json::parse(text));
  model::Fix fix;
  fix.safety = json::boolean(value, "safe") ? model::Fix::Safety::safe : model::Fix::Safety::unsafe;
  fix.description = json::text(value, "description");
  for (const json::Value& edit : json::member(value, "edits"))
    fix.edits.push_back(
        {{static_cast<int>(json::integer(edit, "line")), static_cast<int>(json::integer(edit, "col")),
          static_cast<int>(json::integer(edit, "end_line")), static_cast<int>(json::integer(edit, "end_col"))},
         json::text(edit, "text")});
  return std::optional(fix);
}

}  // namespace greenroom::store
