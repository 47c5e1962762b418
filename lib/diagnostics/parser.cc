#include "lib/diagnostics/parser.h"

#include "lib/diagnostics/formats/formats.h"

namespace greenroom::diagnostics {

const std::vector<Format>& all_formats() {
  static const std::vector<Format> formats{
      {"flake8", formats::parse_flake8, true},
      {"pylint-json", formats::parse_pylint_json},
      {"mypy-text", formats::parse_mypy_text},
      {"mypy-json", formats::parse_mypy_json, true},
      {"ruff-json", formats::parse_ruff_json},
      {"unified-diff", formats::parse_unified_diff},
      {"junit", formats::parse_junit},
      {"shellcheck-json1", formats::parse_shellcheck_json1},
      {"checkstyle", formats::parse_checkstyle},
      {"sarif", formats::parse_sarif},
      {"rdjson", formats::parse_rdjson},
      {"rdjsonl", formats::parse_rdjsonl, true},
      {"gcc", formats::parse_gcc},
      {"import-cost", formats::parse_import_cost},
  };
  return formats;
}

const Format* format_named(std::string_view name) {
  for (const Format& format : all_formats())
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace greenroom::diagnostics
