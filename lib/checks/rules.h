#pragma once
// Greenroom's own rules for Python, for what newcomers from scripting in artists' tools bring along and no common linter
// names: GR001 reload, GR005 sys.path, GR006 Python 2. A script that prints rdjsonl; see rules/rules.py.

#include <string_view>

namespace greenroom::checks {

std::string_view rules_script();

}  // namespace greenroom::checks
