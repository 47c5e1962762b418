#pragma once
// Inside of lib/checks only: what the parts of plan() share.

#include <string>
#include <vector>

#include "lib/checks/check.h"

namespace greenroom::checks {

class Planner {
 public:
  Planner(const ProjectView& project, const Toolbox& toolbox, const config::Config& config);
  void plan_python();
  void plan_shell();
  void plan_c();
  std::vector<Check> take() { return std::move(checks_); }

 private:
  const Tool* tool(std::string_view name) const;
  bool wanted(std::string_view check) const;
  std::vector<std::string> changed(std::initializer_list<std::string_view> endings) const;
  bool ignored(std::string_view path) const;
  bool has_file(std::string_view path) const;
  // A check with its words, limits and tool; argv begins with the tool.
  Check make(std::string_view name, const Tool& tool, std::string format) const;
  void add(Check check, const std::vector<std::string>& files);
  // The first of the project's configuration files, as they are on the base branch, that has `section` in it.
  struct BaseConfig {
    std::string name, content;
  };
  BaseConfig base_config(std::initializer_list<std::pair<std::string_view, std::string_view>> file_and_section) const;

  void black(const std::vector<std::string>& files);
  void isort(const std::vector<std::string>& files);
  void ruff_or_flake8(const std::vector<std::string>& files);
  void pylint(const std::vector<std::string>& files);
  void own_rules(const std::vector<std::string>& files);
  void mypy(const std::vector<std::string>& files);
  void pytest();

  const ProjectView& project_;
  const Toolbox& toolbox_;
  const config::Config& config_;
  std::vector<std::string> enabled_, disabled_, ignored_;
  std::vector<Check> checks_;
};

}  // namespace greenroom::checks
