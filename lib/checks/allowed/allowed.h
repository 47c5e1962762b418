#pragma once
// What a project's own file may set for a tool. Its settings come from the base branch, but what they name lies in the
// checkout: a plug-in, an interpreter, a hook would run the change's code inside a linter. So a tool gets no file of
// the project's, only a new one, made of the keys that choose what is reported. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::checks {

struct AllowedSettings {
  std::string_view tool;                      // as its recipe is called
  std::vector<std::string_view> sections;     // of an ini file: "flake8", "mypy-*"
  std::vector<std::string_view> table;        // of pyproject.toml: {"tool", "black"}
  std::vector<std::string_view> keys;         // in lower case with dashes; "max-*" is a beginning, "*-rgx" an end
  std::vector<std::string_view> list_tables;  // lists of tables with the same keys: mypy's overrides
  bool nested = false;                        // tables below its own hold the same keys: pylint's groups
};

// nullptr: a tool whose settings run nothing (clang-format).
const AllowedSettings* allowed_settings_of(std::string_view tool);

// Upper case and underscores are the same as lower case and dashes, as they are to the tools.
bool allows_key(const AllowedSettings& settings, std::string_view key);
bool allows_section(const AllowedSettings& settings, std::string_view section);
// pylint's load-plugins, of which only pylint's own extensions stay; any other value as it is.
std::string allowed_value(std::string_view key, std::string_view value);
bool allowed_plugin(std::string_view name);
bool is_plugin_key(std::string_view key);

// A new file in the same format (by its name) with the allowed keys only. One that does not parse as TOML gives "".
std::string allowed_settings(const AllowedSettings& settings, std::string_view file, std::string_view content);
std::string allowed_ini(const AllowedSettings& settings, std::string_view content);
std::string allowed_toml(const AllowedSettings& settings, std::string_view file, std::string_view content);

}  // namespace greenroom::checks
