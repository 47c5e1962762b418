// A rule in full, or the whole line of one delivery.

#include <iostream>

#include "lib/base/nearest.h"
#include "lib/checks/check.h"
#include "lib/teaching/teaching.h"
#include "services/cli/commands.h"
#include "services/cli/delivery_line.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace {

// Codes as tools print them, lessons and checks by name, and the word that is neither.
std::vector<std::string> names_in(const teaching::LessonBook& book) {
  std::vector<std::string> names;
  for (const auto& lesson : book.all()) {
    names.insert(names.end(), lesson.codes.begin(), lesson.codes.end());
    for (const auto& alias : lesson.aliases)
      if (!alias.ends_with('*')) names.push_back(alias.substr(alias.find('/') + 1));
    names.push_back(lesson.id);
  }
  for (const auto& check : checks::all_checks()) names.emplace_back(check.name);
  names.emplace_back("delivery");
  return names;
}

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
  if (found.empty()) {
    const std::string hint = did_you_mean(words, names_in(book));
    return not_found("there is no lesson about '" + words + "'" + (hint.empty() ? ";" : hint) +
                     " 'greenroom rules' lists them");
  }
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
