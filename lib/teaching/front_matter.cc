#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

#include "lib/teaching/lesson_text.h"

namespace greenroom::teaching {
namespace {

constexpr std::array<std::string_view, 12> kKeys{"id",       "tool",  "codes",     "aliases", "title",      "kind",
                                                 "severity", "level", "why_short", "owner",   "suggestion", "command"};

Result<std::string> scalar(const YAML::Node& front, const char* key, bool required) {
  const auto node = front[key];
  if (!node || node.IsNull()) {
    if (required) return user_fault(std::string(key) + " is missing");
    return std::string();
  }
  if (!node.IsScalar()) return user_fault(std::string(key) + " must be one value");
  return node.Scalar();
}

Result<std::vector<std::string>> list(const YAML::Node& front, const char* key) {
  std::vector<std::string> out;
  const auto node = front[key];
  if (!node || node.IsNull()) return out;
  if (!node.IsSequence()) return user_fault(std::string(key) + " must be a list");
  for (const auto& item : node) {
    if (!item.IsScalar()) return user_fault(std::string(key) + " must be a list of words");
    out.push_back(item.Scalar());
  }
  return out;
}

Result<Lesson::Kind> kind_named(const std::string& name) {
  static const std::map<std::string, Lesson::Kind> kNames{
      {"format", Lesson::Kind::format}, {"lint", Lesson::Kind::lint}, {"type", Lesson::Kind::type},
      {"test", Lesson::Kind::test},     {"docs", Lesson::Kind::docs}, {"process", Lesson::Kind::process}};
  const auto found = kNames.find(name);
  if (found == kNames.end())
    return user_fault("kind must be format, lint, type, test, docs or process, not \"" + name + "\"");
  return found->second;
}

Result<Lesson::Importance> importance_named(const std::string& name) {
  if (name == "essential") return Lesson::Importance::essential;
  if (name == "actionable") return Lesson::Importance::actionable;
  if (name == "informative") return Lesson::Importance::informative;
  return user_fault("severity must be essential, actionable or informative, not \"" + name + "\"");
}

Result<YAML::Node> load(const std::string& yaml) {
  try {
    auto node = YAML::Load(yaml);
    if (!node.IsMap()) return user_fault("the front matter is not a map");
    return node;
  } catch (const YAML::Exception& e) {
    return user_fault("the front matter is not YAML: " + std::string(e.what()));
  }
}

Result<void> refuse_unknown(const YAML::Node& front) {
  for (const auto& entry : front) {
    const auto key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) return user_fault("unknown key \"" + key + "\"");
  }
  return {};
}

Result<void> read_words(const YAML::Node& front, Lesson& lesson) {
  GREENROOM_TRY(kind, scalar(front, "kind", true));
  GREENROOM_TRY(kind_value, kind_named(kind));
  lesson.kind = kind_value;
  GREENROOM_TRY(severity, scalar(front, "severity", true));
  GREENROOM_TRY(importance, importance_named(severity));
  lesson.severity = importance;
  if (lesson.level != "starter" && lesson.level != "regular" && lesson.level != "advanced") {
    return user_fault("level must be starter, regular or advanced, not \"" + lesson.level + "\"");
  }
  GREENROOM_TRY(suggestion, scalar(front, "suggestion", false));
  if (!suggestion.empty() && suggestion != "true" && suggestion != "false") {
    return user_fault("suggestion must be true or false");
  }
  lesson.suggestion_allowed = suggestion == "true";
  return {};
}

}  // namespace

Result<void> read_front(const std::string& yaml, Lesson& lesson) {
  GREENROOM_TRY(front, load(yaml));
  GREENROOM_CHECK(refuse_unknown(front));
  const std::array<std::pair<const char*, std::string*>, 5> required{{{"id", &lesson.id},
                                                                      {"tool", &lesson.tool},
                                                                      {"title", &lesson.title},
                                                                      {"level", &lesson.level},
                                                                      {"why_short", &lesson.why_short}}};
  for (const auto& [key, field] : required) {
    GREENROOM_TRY(value, scalar(front, key, true));
    *field = value;
  }
  GREENROOM_TRY(owner, scalar(front, "owner", false));
  GREENROOM_TRY(command, scalar(front, "command", false));
  GREENROOM_TRY(codes, list(front, "codes"));
  GREENROOM_TRY(aliases, list(front, "aliases"));
  lesson.owner = owner;
  lesson.fix_command = command;
  lesson.codes = codes;
  lesson.aliases = aliases;
  return read_words(front, lesson);
}

}  // namespace greenroom::teaching
