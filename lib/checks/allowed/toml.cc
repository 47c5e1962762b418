#include <sstream>

#include "lib/checks/allowed/allowed.h"
#include "lib/checks/toml.h"

namespace greenroom::checks {
namespace {

void keep_allowed(const AllowedSettings& settings, toml::table& table);

// pylint's extensions, named in a list or in one string.
void keep_plugins(toml::node& node) {
  if (auto* names = node.as_array()) {
    for (auto name = names->begin(); name != names->end();)
      name = name->is_string() && allowed_plugin(name->as_string()->get()) ? name + 1 : names->erase(name);
  } else if (auto* text = node.as_string()) {
    *text = allowed_value("load-plugins", text->get());
  }
}

bool keep_inner(const AllowedSettings& settings, std::string_view key, toml::node& node) {
  for (const std::string_view name : settings.list_tables) {
    if (key != name || !node.is_array()) continue;
    for (auto& each : *node.as_array())
      if (each.is_table()) keep_allowed(settings, *each.as_table());
    return true;
  }
  if (settings.nested && node.is_table()) {
    keep_allowed(settings, *node.as_table());
    return true;
  }
  if (is_plugin_key(key)) keep_plugins(node);
  return allows_key(settings, key);
}

void keep_allowed(const AllowedSettings& settings, toml::table& table) {
  for (auto row = table.begin(); row != table.end();)
    row = keep_inner(settings, row->first.str(), row->second) ? std::next(row) : table.erase(row);
}

}  // namespace

std::string allowed_toml(const AllowedSettings& settings, std::string_view file, std::string_view content) {
  toml::parse_result parsed = toml::parse(content);
  if (!parsed) return {};
  toml::table* own = &parsed.table();
  const bool shared = file == "pyproject.toml";
  for (const std::string_view name : settings.table)
    if (shared && own != nullptr) own = own->get_as<toml::table>(name);
  if (own == nullptr) return {};
  keep_allowed(settings, *own);
  toml::table written = std::move(*own);
  for (auto name = settings.table.rbegin(); shared && name != settings.table.rend(); ++name) {
    toml::table around;
    around.insert(*name, std::move(written));
    written = std::move(around);
  }
  std::ostringstream text;
  text << toml::toml_formatter(written, toml::format_flags::none) << "\n";
  return std::move(text).str();
}

}  // namespace greenroom::checks
