// What is there to meet: the lessons, or the checks.

#include <iostream>

#include "lib/checks/check.h"
#include "lib/teaching/teaching.h"
#include "services/cli/commands.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace {

void print_checks() {
  for (const auto& check : checks::all_checks())
    std::cout << check.name << "\n    " << check.what << "\n    " << check.why << "\n";
}

Result<int> run(const Arguments& arguments) {
  if (arguments.given("checks")) {
    print_checks();
    return kFine;
  }
  GREENROOM_TRY(config, config::Config::from_environment());
  GREENROOM_TRY(templates, templates_directory(config));
  GREENROOM_TRY(book, teaching::LessonBook::load(templates + "/lessons"));
  const std::string tool = arguments.text("tool");
  bool any = false;
  for (const auto& lesson : book.all()) {
    if (!tool.empty() && lesson.tool != tool) continue;
    any = true;
    std::cout << lesson.id << "\n    " << lesson.title << "\n";
  }
  if (!any) return user_fault("there are no lessons about '" + tool + "'");
  return kFine;
}

}  // namespace

Command command_rules() {
  return {"rules",
          "List the lessons, or the checks.",
          {},
          {{"--tool", "NAME", "only the lessons about this tool's findings"},
           {"--checks", "", "list the checks instead, and why each is run"}},
          run};
}

}  // namespace greenroom::cli
