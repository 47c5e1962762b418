// A rule in full, or the whole line of one delivery.

#include <iostream>

#include "lib/checks/check.h"
#include "lib/teaching/teaching.h"
#include "services/cli/commands.h"
#include "services/cli/delivery_line.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace {

Result<int> explain_rule(const std::string& words) {
  GREENROOM_TRY(config, config::Config::from_environment());
  GREENROOM_TRY(templates, templates_directory(config));
  GREENROOM_TRY(book, teaching::LessonBook::load(templates + "/lessons"));
  const auto found = book.search(words);
  if (found.size() == 1) {
    std::cout << review::render_lesson(*found.front(), output_colour());
    return kFine;
  }
  for (const auto& check : checks::all_checks()) {
    if (check.name != words) continue;
    std::cout << check.name << ": " << check.what << "\n" << check.why << "\n";
    return kFine;
  }
  if (found.empty()) return not_found("there is no lesson about '" + words + "'; 'greenroom rules' lists them");
  std::string list;
  for (const auto* lesson : found) list += "\n  " + lesson->id + "  " + lesson->title;
  return user_fault("'" + words + "' means several lessons; name one of them:" + list);
}

Result<int> run(const Arguments& arguments) {
  const std::string what = arguments.text("what");
  if (what != "delivery") {
    if (arguments.given("id"))
      return user_fault("'greenroom explain " + what + "' takes no second word; quote a title of several words");
    return explain_rule(what);
  }
  if (!arguments.given("id"))
    return user_fault("'greenroom explain delivery' takes the delivery's number, or the host's own id of it");
  GREENROOM_TRY(session, open_session());
  GREENROOM_TRY(line, line_of_delivery(*session.db, arguments.text("id")));
  std::cout << line;
  return kFine;
}

}  // namespace

Command command_explain() {
  return {"explain",
          "Explain a rule in full, or show the whole line of one delivery.",
          {{"what", "a code such as F401, the name of a check, or the word 'delivery'"},
           {"id", "of the delivery: its number, or the host's own id", Positional::Count::optional}},
          {},
          run};
}

}  // namespace greenroom::cli
