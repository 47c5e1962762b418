#include "lib/config/config.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "lib/config/value.h"
#include "lib/config/yaml.h"

namespace greenroom::config {
namespace {

constexpr const char* kRepositoryFile = ".greenroom.yml";

std::string variable_of(std::string_view name) {
  std::string variable = "GREENROOM_";
  for (const char c : name) variable += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return variable;
}

tl::unexpected<Error> unknown(const std::string& file, const Entry& entry) {
  std::vector<std::string> names;
  for (const Key& key : all_keys()) names.emplace_back(key.name);
  const std::string hint = did_you_mean(entry.name, names);
  return user_fault(file + ":" + std::to_string(entry.line) + ": there is no setting '" + shorten(entry.name, 60) +
                    "'" + (hint.empty() ? "; 'greenroom config --help' lists them" : hint));
}

Result<std::string> read_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return user_fault(file + ": cannot be read; does it exist, and may this user read it?");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// A secret's own variable, or the file that the _FILE variable names.
Result<std::string> from_variable(const Key& key, const std::function<std::string(const std::string&)>& environment) {
  const std::string variable = variable_of(key.name);
  if (key.type != Type::secret) return environment(variable);
  const std::string file = environment(variable + "_FILE");
  if (file.empty()) return environment(variable);
  GREENROOM_TRY(text, read_file(file));
  return std::string(trim(text));
}

}  // namespace

const Key* key_named(std::string_view name) {
  for (const Key& key : all_keys())
    if (key.name == name) return &key;
  return nullptr;
}

Result<Config> Config::load(const std::string& file,
                            const std::function<std::string(const std::string&)>& environment) {
  Config config;
  for (const Key& key : all_keys()) config.values_[std::string(key.name)] = {std::string(key.otherwise), "default"};
  if (!file.empty()) {
    GREENROOM_TRY(text, read_file(file));
    GREENROOM_TRY(entries, read_yaml(text, file));
    for (const Entry& entry : entries) {
      const Key* key = key_named(entry.name);
      if (key == nullptr) return unknown(file, entry);
      const std::string place = file + ":" + std::to_string(entry.line);
      if (auto fine = check_value(*key, entry.value); !fine) return user_fault(place + ": " + fine.error().message);
      config.values_[entry.name] = {entry.value, "file " + place};
    }
  }
  for (const Key& key : all_keys()) {
    GREENROOM_TRY(value, from_variable(key, environment));
    if (value.empty()) continue;
    if (auto fine = check_value(key, value); !fine)
      return user_fault(variable_of(key.name) + ": " + fine.error().message);
    config.values_[std::string(key.name)] = {value, "environment"};
  }
  return config;
}

Result<Config> Config::from_environment() {
  const auto environment = [](const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return std::string(value == nullptr ? "" : value);
  };
  return load(environment("GREENROOM_CONFIG"), environment);
}

Result<Config> Config::with_repository(std::string_view yaml) const {
  GREENROOM_TRY(entries, read_yaml(yaml, kRepositoryFile));
  Config config = *this;
  for (const Entry& entry : entries) {
    const Key* key = key_named(entry.name);
    if (key == nullptr) return unknown(kRepositoryFile, entry);
    const std::string place = std::string(kRepositoryFile) + ":" + std::to_string(entry.line) + ": ";
    if (key->trust == Trust::operator_only)
      return user_fault(place + "'" + entry.name + "' is the operator's: a repository cannot set it");
    if (auto fine = check_value(*key, entry.value); !fine) return user_fault(place + fine.error().message);
    const std::string& limit = values_.find(entry.name)->second.text;
    if (key->trust == Trust::repository_may_lower && *read_integer(entry.value) > *read_integer(limit))
      return user_fault(place + "'" + entry.name + "' may be at most " + limit + " here");
    config.values_[entry.name] = {entry.value, "repository"};
  }
  return config;
}

namespace {
const Key& expect(std::string_view name, std::initializer_list<Type> types) {
  const Key* key = key_named(name);
  if (key == nullptr) throw std::logic_error("there is no setting '" + std::string(name) + "'");
  for (const Type type : types)
    if (key->type == type) return *key;
  throw std::logic_error("the setting '" + std::string(name) + "' is " + std::string(name_of(key->type)));
}
}  // namespace

std::string Config::text(std::string_view name) const {
  expect(name, {Type::text, Type::path});
  return values_.find(name)->second.text;
}
std::int64_t Config::integer(std::string_view name) const {
  expect(name, {Type::integer, Type::bytes});
  return read_integer(values_.find(name)->second.text).value_or(0);
}
bool Config::boolean(std::string_view name) const {
  expect(name, {Type::boolean});
  return values_.find(name)->second.text == "true";
}
std::chrono::seconds Config::seconds(std::string_view name) const {
  expect(name, {Type::seconds});
  return std::chrono::seconds(read_integer(values_.find(name)->second.text).value_or(0));
}
Secret Config::secret(std::string_view name) const {
  expect(name, {Type::secret});
  return Secret(values_.find(name)->second.text);
}
std::vector<std::string> Config::list(std::string_view name) const {
  expect(name, {Type::list});
  return read_list(values_.find(name)->second.text);
}
std::string Config::origin(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw std::logic_error("there is no setting '" + std::string(name) + "'");
  return found->second.origin;
}

}  // namespace greenroom::config
