// Everything that people read about settings, made from the one table.

#include <map>
#include <nlohmann/json.hpp>

#include "lib/config/config.h"
#include "lib/config/value.h"

namespace greenroom::config {
namespace {

std::string shown_default(const Key& key) {
  return key.otherwise.empty() ? "—" : "`" + std::string(key.otherwise) + "`";
}

nlohmann::ordered_json schema_of(const Key& key) {
  nlohmann::ordered_json schema{{"description", key.doc}};
  switch (key.type) {
    case Type::integer:
    case Type::seconds:
    case Type::bytes:
      schema["type"] = "integer";
      schema["minimum"] = 0;
      if (key.trust == Trust::repository_may_lower) schema["maximum"] = *read_integer(key.otherwise);
      break;
    case Type::boolean: schema["type"] = "boolean"; break;
    case Type::list:
      schema["type"] = "array";
      schema["items"] = {{"type", "string"}};
      break;
    default: schema["type"] = "string";
  }
  return schema;
}

std::pair<std::string, std::string> section_and_leaf(std::string_view name) {
  const auto dot = name.find('.');
  return {std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))};
}

}  // namespace

std::string help_text() {
  std::string text = "Settings, from $GREENROOM_CONFIG (YAML) or from the environment (GREENROOM_WEBHOOK_LISTEN):\n";
  for (const Key& key : all_keys()) {
    text += "  " + std::string(key.name) + "  (" + std::string(name_of(key.type)) +
            ", set by: " + std::string(name_of(key.trust)) + ")\n";
    text += "      " + std::string(key.doc) + (key.otherwise.empty() ? "" : " Default: " + std::string(key.otherwise)) +
            "\n";
  }
  return text;
}

std::string documentation() {
  std::string text =
      "# Configuration\n\n"
      "Made from the table in `lib/config/keys.cc` by `greenroom config docs`; a test fails when this page is "
      "stale.\n\n"
      "Services read the YAML file that `GREENROOM_CONFIG` names, nested by the dots of a setting's name. The "
      "environment\n"
      "wins over the file: `webhook.listen` is `GREENROOM_WEBHOOK_LISTEN`; a secret may also come from the file that\n"
      "`GREENROOM_…_FILE` names. What a repository may set stands in `.greenroom.yml` of its base branch; the schema "
      "for\n"
      "editors is [greenroom.schema.json](greenroom.schema.json).\n\n"
      "| setting | type | default | who sets it | what it does |\n|---|---|---|---|---|\n";
  for (const Key& key : all_keys())
    text += "| `" + std::string(key.name) + "` | " + std::string(name_of(key.type)) + " | " + shown_default(key) +
            " | " + std::string(name_of(key.trust)) + " | " + std::string(key.doc) + " |\n";
  return text;
}

std::string json_schema() {
  nlohmann::ordered_json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                              {"title", ".greenroom.yml"},
                              {"type", "object"},
                              {"additionalProperties", false}};
  for (const Key& key : all_keys()) {
    if (key.trust == Trust::operator_only) continue;
    const auto [section, leaf] = section_and_leaf(key.name);
    auto& object = root["properties"][section];
    if (object.is_null()) object = {{"type", "object"}, {"additionalProperties", false}};
    object["properties"][leaf] = schema_of(key);
  }
  return root.dump(2) + "\n";
}

}  // namespace greenroom::config
