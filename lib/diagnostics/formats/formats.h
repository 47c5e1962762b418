#pragma once
// One function per output format, one file each. All fulfil the contract of lib/diagnostics/parser.h.

#include "lib/diagnostics/parser.h"

namespace greenroom::diagnostics::formats {

Parsed parse_flake8(const Input& input, const Format::Source& source);
Parsed parse_pylint_json(const Input& input, const Format::Source& source);
Parsed parse_mypy_text(const Input& input, const Format::Source& source);
Parsed parse_mypy_json(const Input& input, const Format::Source& source);
Parsed parse_ruff_json(const Input& input, const Format::Source& source);
Parsed parse_unified_diff(const Input& input, const Format::Source& source);
Parsed parse_junit(const Input& input, const Format::Source& source);
Parsed parse_shellcheck_json1(const Input& input, const Format::Source& source);
Parsed parse_checkstyle(const Input& input, const Format::Source& source);
Parsed parse_sarif(const Input& input, const Format::Source& source);
Parsed parse_rdjson(const Input& input, const Format::Source& source);
Parsed parse_rdjsonl(const Input& input, const Format::Source& source);
Parsed parse_gcc(const Input& input, const Format::Source& source);
Parsed parse_import_cost(const Input& input, const Format::Source& source);

}  // namespace greenroom::diagnostics::formats
