#include "lib/environment/report.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::environment {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kMaxPackages = 5000;
constexpr std::size_t kMaxVariables = 500;
constexpr std::size_t kMaxName = 200;
constexpr std::size_t kMaxValue = 128u << 10;  // Linux's own limit for one string

// What a job has from us and nobody else sets; and whatever changes how programs are loaded.
constexpr std::array<std::string_view, 10> kOurs{
    "HOME",           "TMPDIR", "USER", "LANG", "TZ", "CI", "PYTHONDONTWRITEBYTECODE", "PYTHONNOUSERSITE",
    "PYTHONHASHSEED", "PWD"};

bool may_be_set(std::string_view name) {
  return std::find(kOurs.begin(), kOurs.end(), name) == kOurs.end() && !name.starts_with("LD_") &&
         !name.starts_with("GREENROOM_");
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

bool is_line(std::string_view text) { return text.size() <= kMaxValue && is_utf8(text) && escape_bytes(text) == text; }

bool read_pairs(const json::Value& list, std::size_t most, Pairs& into) {
  if (!list.is_array() || list.size() > most) return false;
  for (const auto& pair : list) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) return false;
    into.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    if (!is_line(into.back().first) || !is_line(into.back().second)) return false;
  }
  return true;
}

// Inside the tree, the machine's own programs, or a folder of the operator's.
bool is_python(std::string_view path, const std::vector<sandbox::ReadOnlyBind>& binds) {
  if (!is_line(path) || path.find("/../") != std::string_view::npos) return false;
  const auto below = [&](std::string_view folder) {
    return path.starts_with(folder) && path.size() > folder.size() + 1 && path[folder.size()] == '/';
  };
  return below(checks::kEnvironmentInside) || below("/usr/bin") ||
         std::any_of(binds.begin(), binds.end(), [&](const auto& bind) { return below(bind.to); });
}

tl::unexpected<Error> unreadable(std::string_view what) {
  return rejected("the environment's builder left a report with " + std::string(what));
}

json::Value to_value(const Pairs& pairs) {
  auto list = json::Value::array();
  for (const auto& [name, value] : pairs) list.push_back({name, value});
  return list;
}

}  // namespace

Result<checks::Built> read_report(std::string_view text, const std::vector<sandbox::ReadOnlyBind>& binds,
                                  std::vector<std::string>& left_out) {
  const auto report = json::parse(text);
  if (!report || !report->is_object()) return unreadable("no JSON in it");
  checks::Built built;
  built.python = json::text(*report, "python");
  if (!is_python(built.python, binds)) return unreadable("a Python that lies elsewhere");
  if (!read_pairs(json::member(*report, "packages"), kMaxPackages, built.packages)) return unreadable("odd packages");
  Pairs variables;
  if (!read_pairs(json::member(*report, "variables"), kMaxVariables, variables)) return unreadable("odd variables");
  for (auto& variable : variables) {
    if (!is_name(variable.first)) return unreadable("a variable of an odd name");
    if (may_be_set(variable.first))
      built.variables.push_back(std::move(variable));
    else
      left_out.push_back("the variable " + variable.first);
  }
  std::sort(built.packages.begin(), built.packages.end());
  return built;
}

std::string to_json(const Manifest& manifest) {
  return json::dump({{"python", manifest.built.python},
                     {"packages", to_value(manifest.built.packages)},
                     {"variables", to_value(manifest.built.variables)},
                     {"left_out", manifest.left_out},
                     {"bytes", manifest.bytes},
                     {"built_at", manifest.built_at}});
}

Result<Manifest> read_manifest(std::string_view text) {
  const auto value = json::parse(text);
  if (!value || !value->is_object()) return bug("an environment's manifest is no JSON");
  Manifest manifest;
  manifest.built.python = json::text(*value, "python");
  manifest.bytes = static_cast<std::uint64_t>(json::integer(*value, "bytes"));
  manifest.built_at = json::integer(*value, "built_at");
  const bool whole = read_pairs(json::member(*value, "packages"), kMaxPackages, manifest.built.packages) &&
                     read_pairs(json::member(*value, "variables"), kMaxVariables, manifest.built.variables);
  if (!whole || manifest.built.python.empty()) return bug("an environment's manifest is not whole");
  for (const auto& line : json::member(*value, "left_out"))
    if (line.is_string()) manifest.left_out.push_back(line.get<std::string>());
  return manifest;
}

}  // namespace greenroom::environment
