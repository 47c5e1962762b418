#include "lib/pipeline/missing_packages.h"

#include <algorithm>
#include <set>

#include "lib/base/text.h"

namespace greenroom::pipeline {
namespace {

constexpr std::string_view kSign = "ModuleNotFoundError: No module named '";
constexpr std::size_t kNamed = 3;  // packages in the headline

// The package that this error misses; empty when it is about something else.
std::string missing_package(std::string_view message) {
  const auto at = message.find(kSign);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = message.substr(at + kSign.size());
  const std::string_view name = rest.substr(0, rest.find_first_of(".'\n"));
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return std::all_of(name.begin(), name.end(), fits) ? std::string(name) : std::string();
}

bool is_own(const std::string& package, const Sources& sources) {
  for (const char* root : {"", "src/", "lib/", "python/", "tests/"})
    if (sources.has(root + package) || sources.has(root + package + ".py")) return true;
  return false;
}

}  // namespace

void excuse_missing_packages(model::CheckResult& result, const Sources& sources) {
  if (result.kind != model::CheckKind::test || is_final(result.state)) return;
  if (result.tests.failed > 0 || result.tests.errors == 0) return;
  std::set<std::string> packages;
  for (const model::Diagnostic& diagnostic : result.diagnostics) {
    const std::string package = missing_package(diagnostic.message);
    if (package.empty() || is_own(package, sources)) return;
    packages.insert(package);
  }
  if (packages.empty()) return;
  std::vector<std::string> named(packages.begin(), packages.end());
  if (named.size() > kNamed) named.resize(kNamed);
  result.state = model::CheckState::incomplete;
  result.headline = "the tests need packages that are not installed here: " + join(named, ", ") +
                    (packages.size() > kNamed ? ", …" : "");
  result.diagnostics.clear();
}

}  // namespace greenroom::pipeline
