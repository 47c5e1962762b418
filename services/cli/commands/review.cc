// Prints the review of a branch on the practice host: what `./dev demo` shows.

#include <poll.h>
#include <unistd.h>

#include <iostream>

#include "lib/pg/query.h"
#include "lib/review/ink.h"
#include "lib/review/readable.h"
#include "lib/review/review.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace {

constexpr std::chrono::milliseconds kLook{100};

struct Ink {
  const char *bold, *dim, *plain;
};

Ink ink() {
  const bool colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  return colour ? Ink{"\x1b[1m", "\x1b[2m", "\x1b[0m"} : Ink{"", "", ""};
}

void print(const model::WantedReview& review, const std::string& address) {
  const Ink style = ink();
  std::cout << review::readable(review.summary) << "\n";
  for (const model::WantedThread& thread : review.threads)
    std::cout << "\n"
              << style.bold << "── " << review::printable(thread.path) << ":" << thread.line << style.plain << "\n"
              << review::readable(thread.markdown) << "\n";
  std::cout << "\n" << style.dim << address << style.plain << "\n";
}

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(session, open_session());
  const std::string repository = arguments.text("repository"), branch = arguments.text("branch");
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(arguments.text("wait", "0").c_str()));
  while (true) {
    GREENROOM_TRY(rows, session.db->run(pg::query("practice/review_of"), {repository, branch}));
    if (rows.empty())
      return not_found("the branch '" + branch + "' of '" + repository + "' has no open change; was it pushed?");
    if (rows[0].boolean("settled")) {
      GREENROOM_TRY(review, review::wanted_from_json(rows[0].text("wanted")));
      print(review, session.config.text("dashboard.url") + "/" + repository + "/changes/" + rows[0].text("number"));
      return kFine;
    }
    if (std::chrono::steady_clock::now() > until)
      return transient("the review is not complete yet; --wait SECONDS waits for it");
    poll(nullptr, 0, static_cast<int>(kLook.count()));
  }
}

}  // namespace

Command command_review() {
  return {"review",
          "Print the review of a branch on the practice host.",
          {{"repository", "for instance practice/shotlist"}, {"branch", "its name"}},
          {{"--wait", "SECONDS", "wait that long for the review to be complete"}},
          run};
}

}  // namespace greenroom::cli
