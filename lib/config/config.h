#pragma once
// Configuration: one table of keys (keys.cc). Help, docs/configuration.md, the JSON Schema and the checks of values all
// derive from it. Operator keys come from the file named by $GREENROOM_CONFIG (YAML, nested by the dots of the name)
// and from the environment (GREENROOM_WEBHOOK_LISTEN; secrets also GREENROOM_…_FILE); repository keys come from
// `.greenroom.yml` of the base branch. Later wins: default, file, environment.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"

namespace greenroom::config {

enum class Type { text, integer, boolean, seconds, bytes, secret, list, path };
enum class Trust {
  operator_only,         // a repository can never set it
  repository,            // a repository may set it (from its base branch)
  repository_may_lower,  // a repository may only go below the operator's value
};

struct Key {
  std::string_view name;  // "webhook.listen"
  Type type;
  std::string_view otherwise;  // default, as text; lists are comma-separated
  std::string_view doc;        // one sentence
  Trust trust;
};
const std::vector<Key>& all_keys();
const Key* key_named(std::string_view name);

class Config {
 public:
  // The operator's configuration. Errors: user_fault with file, line and the nearest key's name.
  static Result<Config> load(const std::string& file,
                             const std::function<std::string(const std::string&)>& environment);
  static Result<Config> from_environment();  // $GREENROOM_CONFIG and the process's environment
  // The repository's part on top of the operator's. `yaml` is hostile: bounded, no anchors.
  Result<Config> with_repository(std::string_view yaml) const;

  // Asking for a key that is not in the table, or as another type, throws std::logic_error: a bug of ours.
  std::string text(std::string_view name) const;      // text and path
  std::int64_t integer(std::string_view name) const;  // integer and bytes
  bool boolean(std::string_view name) const;
  std::chrono::seconds seconds(std::string_view name) const;
  Secret secret(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;
  std::string origin(std::string_view name) const;  // "default", "file greenroom.yml:12", "environment", "repository"

 private:
  struct Value {
    std::string text, origin;
  };
  std::map<std::string, Value, std::less<>> values_;
};

std::string help_text();      // greenroom config --help
std::string documentation();  // docs/configuration.md
std::string json_schema();    // docs/greenroom.schema.json: the repository keys of .greenroom.yml

}  // namespace greenroom::config
