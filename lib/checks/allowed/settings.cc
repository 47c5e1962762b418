// One row a tool. Left out on purpose: what names code (plugins, hooks, interpreters, extension packages), what writes
// files (reports, caches), what reads further settings (extend), and how findings are printed.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/checks/allowed/allowed.h"

namespace greenroom::checks {
namespace {

const std::vector<AllowedSettings>& all() {
  static const std::vector<AllowedSettings> rows{
      {"flake8",
       {"flake8"},
       {},
       {"max-*",          "indent-size",        "hang-closing",
        "ignore",         "extend-ignore",      "select",
        "extend-select",  "per-file-ignores",   "exclude",
        "extend-exclude", "filename",           "builtins",
        "doctests",       "include-in-doctest", "exclude-from-doctest",
        "disable-noqa",   "docstring-*",        "import-order-style",
        "application-*",  "inline-quotes",      "multiline-quotes"},
       {}},
      {"pylint",
       {"*"},
       {"tool", "pylint"},
       {"disable",
        "enable",
        "confidence",
        "max-*",
        "min-*",
        "ignore*",
        "*-rgx",
        "*-rgxs",
        "*-naming-style",
        "good-names",
        "bad-names",
        "name-group",
        "include-naming-hint",
        "generated-members",
        "contextmanager-decorators",
        "additional-builtins",
        "allowed-redefined-builtins",
        "callbacks",
        "init-import",
        "redefining-builtins-modules",
        "notes",
        "logging-*",
        "expected-line-ending-format",
        "indent-*",
        "single-line-*",
        "docstring-min-length",
        "property-classes",
        "defining-attr-methods",
        "exclude-protected",
        "valid-*",
        "check-*",
        "overgeneral-exceptions",
        "allow-*",
        "deprecated-modules",
        "known-*",
        "preferred-modules",
        "missing-member-*",
        "never-returning-functions",
        "py-version",
        "accept-no-*",
        "default-docstring-type",
        "signature-mutators",
        "suggestion-mode",
        "load-plugins"},
       {},
       true},
      {"mypy",
       {"mypy", "mypy-*"},
       {"tool", "mypy"},
       {"module",
        "python-version",
        "platform",
        "always-true",
        "always-false",
        "exclude",
        "exclude-gitignore",
        "ignore-errors",
        "ignore-missing-imports",
        "follow-*",
        "no-site-packages",
        "namespace-packages",
        "explicit-package-bases",
        "mypy-path",
        "disallow-*",
        "allow-*",
        "untyped-calls-exclude",
        "deprecated-calls-exclude",
        "check-untyped-defs",
        "no-check-untyped-defs",
        "implicit-*",
        "no-implicit-*",
        "strict",
        "strict-*",
        "no-strict-*",
        "extra-checks",
        "warn-*",
        "no-warn-*",
        "local-partial-types",
        "disable-error-code",
        "enable-error-code",
        "enable-incomplete-*",
        "show-error-codes",
        "hide-error-codes"},
       {"overrides"}},
      {"black",
       {},
       {"tool", "black"},
       {"line-length", "target-version", "skip-*", "preview", "unstable", "enable-unstable-feature", "include",
        "exclude", "extend-exclude", "force-exclude", "pyi", "python-cell-magics", "required-version", "fast", "safe"},
       {}},
      {"isort",
       {"settings", "isort", "tool:isort"},
       {"tool", "isort"},
       {"profile",
        "py-version",
        "line-length",
        "wrap-*",
        "multi-line-output",
        "include-trailing-comma",
        "force-*",
        "known-*",
        "sections",
        "no-sections",
        "only-sections",
        "default-section",
        "import-heading*",
        "import-footer*",
        "lines-*",
        "no-lines-before",
        "src-paths",
        "skip",
        "skip-glob",
        "extend-skip",
        "extend-skip-glob",
        "order-*",
        "combine-*",
        "add-imports",
        "remove-imports",
        "append-only",
        "atomic",
        "balanced-wrapping",
        "use-parentheses",
        "comment-prefix",
        "ensure-newline-before-comments",
        "indent",
        "indented-import-headings",
        "length-sort*",
        "reverse-*",
        "case-sensitive",
        "single-line-exclusions",
        "float-to-top",
        "filter-files",
        "group-by-package",
        "ignore-*",
        "star-first",
        "split-on-trailing-comma",
        "dedup-headings",
        "constants",
        "classes",
        "variables",
        "separate-packages",
        "remove-redundant-aliases",
        "lexicographical",
        "from-first",
        "extra-standard-library",
        "auto-identify-namespace-packages",
        "namespace-packages",
        "honor-*",
        "sort-*",
        "treat-*",
        "line-ending"},
       {}},
      {"ruff",
       {},
       {"tool", "ruff"},
       {"line-length",
        "indent-width",
        "target-version",
        "per-file-target-version",
        "exclude",
        "extend-exclude",
        "include",
        "extend-include",
        "force-exclude",
        "builtins",
        "namespace-packages",
        "src",
        "preview",
        "required-version",
        "lint",
        "format",
        "select",
        "ignore",
        "extend-select",
        "extend-ignore",
        "per-file-ignores",
        "extend-per-file-ignores",
        "fixable",
        "unfixable",
        "extend-fixable",
        "extend-unfixable",
        "dummy-variable-rgx",
        "external",
        "task-tags",
        "typing-modules",
        "explicit-preview-rules",
        "allowed-confusables",
        "logger-objects",
        "flake8-*",
        "isort",
        "mccabe",
        "pep8-naming",
        "pycodestyle",
        "pydocstyle",
        "pyflakes",
        "pylint",
        "pyupgrade"},
       {}}};
  return rows;
}

bool fits(std::string_view pattern, std::string_view word) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return word.ends_with(pattern.substr(1));
  return pattern == word;
}

bool fits_any(const std::vector<std::string_view>& patterns, std::string_view word) {
  return std::any_of(patterns.begin(), patterns.end(), [word](auto pattern) { return fits(pattern, word); });
}

std::string with_dashes(std::string_view key) {
  std::string word = to_lower_ascii(key);
  std::replace(word.begin(), word.end(), '_', '-');
  return word;
}

}  // namespace

const AllowedSettings* allowed_settings_of(std::string_view tool) {
  for (const AllowedSettings& row : all())
    if (row.tool == tool) return &row;
  return nullptr;
}

bool allows_key(const AllowedSettings& settings, std::string_view key) {
  return fits_any(settings.keys, with_dashes(key));
}

bool allows_section(const AllowedSettings& settings, std::string_view section) {
  return section != "DEFAULT" && fits_any(settings.sections, section);
}

bool is_plugin_key(std::string_view key) { return with_dashes(key) == "load-plugins"; }

bool allowed_plugin(std::string_view name) { return trim(name).starts_with("pylint.extensions."); }

std::string allowed_value(std::string_view key, std::string_view value) {
  if (!is_plugin_key(key)) return std::string(value);
  std::vector<std::string> kept;
  for (const std::string_view name : split(value, ','))
    if (allowed_plugin(name)) kept.emplace_back(trim(name));
  return join(kept, ",");
}

std::string allowed_settings(const AllowedSettings& settings, std::string_view file, std::string_view content) {
  return file.ends_with(".toml") ? allowed_toml(settings, file, content) : allowed_ini(settings, content);
}

}  // namespace greenroom::checks
