// import_cost.py --report: {"modules": [{name, failure, opened, looked, listed, loaded, ms, first_ms,
// mostly{kind, name}}]}. No finding is made of it: it informs. The code that was imported may have written it.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/json/json.h"

namespace greenroom::diagnostics::formats {
namespace {

constexpr std::size_t kMaxName = 60;
constexpr std::int64_t kMaxNumber = 1'000'000'000;

std::string named(const json::Value& object, std::string_view key) {
  return shorten(clean_message(json::text(object, key)), kMaxName);
}

std::int64_t number_of(const json::Value& object, std::string_view key) {
  const json::Value& value = json::member(object, key);
  if (value.is_number_float())  // milliseconds
    return static_cast<std::int64_t>(std::clamp(value.get<double>(), 0.0, static_cast<double>(kMaxNumber)) + 0.5);
  return std::clamp<std::int64_t>(json::integer(object, key), 0, kMaxNumber);
}

std::string grouped(std::int64_t number) {  // 1930 → "1,930"
  std::string digits = std::to_string(number);
  for (auto at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string where_most_is(const json::Value& module) {
  const json::Value& mostly = json::member(module, "mostly");
  const std::string kind = json::text(mostly, "kind"), name = named(mostly, "name");
  if (kind == "standard library") return "; most of it in the standard library";
  if (kind == "yours") return "; most of it in the project's own code";
  return name.empty() ? "" : "; most of it in " + name;
}

std::string words_about(const json::Value& module) {
  return "import " + named(module, "name") + ": " + counted(number_of(module, "opened"), "file", "files") +
         " opened, " + counted(number_of(module, "looked"), "path", "paths") + " looked at, " +
         grouped(number_of(module, "ms")) + " ms" + where_most_is(module);
}

std::string stopped_words(const json::Value& module) {
  return "import " + named(module, "name") + " stopped: " + shorten(clean_message(json::text(module, "failure")), 120);
}

}  // namespace

// The headline is about the slowest; the table in the log has all.
Parsed parse_import_cost(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  const auto report = json::parse(input.artefact);
  static const json::Value none;
  const json::Value& modules = json::member(report ? *report : none, "modules");
  if (!modules.is_array() || modules.empty()) {
    if (input.exit_code == 0)
      sink.incomplete("the measuring ended before it wrote its report");
    else
      sink.crashed("the measuring stopped with an error of its own");
    return sink.take();
  }
  const json::Value* slowest = nullptr;
  std::size_t measured = 0;
  for (const json::Value& module : modules) {
    if (!json::text(module, "failure").empty()) continue;
    ++measured;
    if (slowest == nullptr || number_of(module, "ms") > number_of(*slowest, "ms")) slowest = &module;
  }
  Parsed& parsed = sink.result();
  if (slowest == nullptr) {
    parsed.note = stopped_words(modules.front());
    return sink.take();
  }
  parsed.headline = words_about(*slowest);
  if (measured > 1) parsed.headline += " (the slowest of " + std::to_string(measured) + ")";
  if (measured < modules.size()) parsed.headline += "; " + std::to_string(modules.size() - measured) + " stopped";
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
