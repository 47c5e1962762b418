#pragma once
// Inside of lib/web: one page's making. A page is a function from a PageRequest to a Page; the router finds it, the
// App renders it.

#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/http/server.h"
#include "lib/model/event.h"
#include "lib/pg/pg.h"
#include "lib/teaching/teaching.h"
#include "lib/web/app.h"
#include "lib/web/session.h"
#include "lib/web/view.h"

namespace greenroom::web {

struct PageRequest {
  pg::Connection& db;
  const Settings& settings;
  const Viewer& viewer;
  const http::Request& request;
  TimePoint now;
  const teaching::LessonBook& book;
  std::vector<std::string> words;  // the parts of the path that the route left open
};

struct Page {
  std::string title;
  std::string content;  // the template of what stands between header and footer
  std::string here;     // which entry of the navigation: "home", "issues", "people", "practice", "health", "setup"
  View view;
  std::string form_target = {};  // another site's origin that a form of this page may go to
};

// The repository of a route's first two words. Errors: not_found.
Result<model::RepositoryFacts> repository_of(const PageRequest& request);
// A number in a path. Errors: not_found.
Result<std::int64_t> number_in(const std::string& word);
// A field of the form that was posted, with plain '\n' line ends.
std::string field(const http::Request& request, std::string_view name);

// "/practice/shotlist/changes/3". Names come from the database and are made of harmless characters only.
std::string change_path(const std::string& repository, std::int64_t number);
std::string issue_path(const std::string& repository, std::int64_t number);
std::string issues_path(const std::string& repository);
// Of the practice host, with the viewer's login in it, so that git asks for their push token only.
std::string clone_address(const PageRequest& request, const std::string& repository);

// Errors: rejected.
Result<void> need_operator(const Viewer& viewer);

// A time as people read it, with the exact one beside it: texts <name>, <name>_EXACT.
void set_time(View& view, const std::string& name, TimePoint time, TimePoint now);

// GET. Errors: not_found becomes the 404 page, rejected the 403 page, the rest the 500 page.
Result<Page> home_page(const PageRequest& request);
Result<Page> change_page(const PageRequest& request);
Result<Page> job_page(const PageRequest& request);
Result<Page> people_page(const PageRequest& request);
Result<Page> issues_page(const PageRequest& request);
Result<Page> issue_page(const PageRequest& request);
Result<Page> health_page(const PageRequest& request);
Result<Page> setup_page(const PageRequest& request);         // operators alone
Result<Page> setup_github_page(const PageRequest& request);  // operators alone
Result<Page> push_page(const PageRequest& request);
Result<Page> practice_page(const PageRequest& request);
Result<Page> try_page(const PageRequest& request);  // one try, of the viewer's own only

// GET that goes on to another path.
Result<std::string> return_from_github(const PageRequest& request);  // operators alone

// POST. Returns the path to go to. user_fault becomes a page that says what to change.
Result<std::string> post_comment(const PageRequest& request);       // on a change or an issue, or in a thread
Result<std::string> post_thread_state(const PageRequest& request);  // resolve or reopen
Result<std::string> post_issue(const PageRequest& request);
Result<std::string> post_label(const PageRequest& request);
Result<std::string> post_close(const PageRequest& request);
Result<std::string> post_revoke_push_token(const PageRequest& request);
Result<std::string> post_examine(const PageRequest& request);  // operators alone: the bot looks again
Result<std::string> post_try(const PageRequest& request);
Result<std::string> post_forget_try(const PageRequest& request);

// POST that is answered by the page itself.
Result<Page> post_setup_github(const PageRequest& request);  // operators alone; its form goes to GitHub
Result<Page> post_push_token(const PageRequest& request);    // the only page that ever shows the token

}  // namespace greenroom::web
