#include "lib/checks/providers/pyproject.h"

#include <array>
#include <set>

#include "lib/base/text.h"
#include "lib/checks/providers/requirements.h"
#include "lib/checks/toml.h"

namespace greenroom::checks {
namespace {

constexpr std::array<std::string_view, 4> kForTests{"test", "tests", "testing", "dev"};
constexpr std::size_t kMaxBytes = 1u << 20;
constexpr std::size_t kMaxDependencies = 2000;

class Reader {
 public:
  explicit Reader(const toml::table& root) : root_(root), project_(root["project"].as_table()) {}

  ProjectDependencies read() {
    if (project_ != nullptr) {
      own_ = package_name((*project_)["name"].value_or(std::string_view()));
      add((*project_)["dependencies"].as_array(), found_.run);
      for (const std::string_view name : kForTests) extra(std::string(name));
    }
    for (const std::string_view name : kForTests) group(std::string(name));
    return std::move(found_);
  }

 private:
  void add(const toml::array* list, std::vector<std::string>& to) {
    if (list == nullptr) return;
    for (const toml::node& each : *list) {
      if (const auto text = each.value<std::string>()) add_one(*text, to);
      const auto* table = each.as_table();
      if (const auto included = table == nullptr ? std::nullopt : (*table)["include-group"].value<std::string>())
        group(*included);
    }
  }

  // "shotlist[test]" among shotlist's own extras means its extra called test.
  void add_one(const std::string& text, std::vector<std::string>& to) {
    const auto open = text.find('['), close = text.find(']');
    if (!own_.empty() && package_name(text) == own_) {
      if (open == std::string::npos || close == std::string::npos || close < open) return;
      for (const std::string_view name : split(std::string_view(text).substr(open + 1, close - open - 1), ','))
        extra(std::string(trim(name)));
    } else if (to.size() < kMaxDependencies) {
      to.push_back(text);
    }
  }

  void extra(const std::string& name) {
    const auto* extras = (*project_)["optional-dependencies"].as_table();
    if (extras != nullptr && read_.insert("extra " + name).second) add((*extras)[name].as_array(), found_.tests);
  }
  void group(const std::string& name) {
    const auto* groups = root_["dependency-groups"].as_table();
    if (groups != nullptr && read_.insert("group " + name).second) add((*groups)[name].as_array(), found_.tests);
  }

  const toml::table& root_;
  const toml::table* project_;
  std::string own_;
  std::set<std::string> read_;  // extras and groups may name each other
  ProjectDependencies found_;
};

}  // namespace

Result<ProjectDependencies> project_dependencies(std::string_view pyproject) {
  if (pyproject.size() > kMaxBytes) return user_fault("pyproject.toml: larger than a megabyte");
  const toml::parse_result parsed = toml::parse(pyproject);
  if (!parsed)
    return user_fault("pyproject.toml line " + std::to_string(parsed.error().source().begin.line) + ": " +
                      shorten(escape_bytes(parsed.error().description()), 200));
  return Reader(parsed.table()).read();
}

}  // namespace greenroom::checks
