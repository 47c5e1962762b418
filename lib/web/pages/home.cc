// What waits for you, what is yours, and everything that is open.

#include <map>

#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/reading.h"
#include "lib/pg/query.h"
#include "lib/web/check_view.h"
#include "lib/web/page.h"
#include "lib/web/turn_view.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

CheckCounts counts_in(const pg::Row& change) {
  return {change.boolean("checking"), change.integer("failed"), change.integer("attention"),
          change.integer("passed"),   change.integer("ours"),   change.integer("waiting")};
}

void fill_row(View& row, const pg::Row& change, const Turn& turn, const TurnNames& names, TimePoint now) {
  row.set("PATH", change_path(change.text("full_name"), change.integer("number")));
  row.set("TITLE", change.text("title"))
      .set("NUMBER", change.integer("number"))
      .set("REPOSITORY", change.text("full_name"));
  row.set("AUTHOR", names.author);
  if (!names.helper.empty()) row.add("WITH").set("HELPER", names.helper);
  const CheckWords checks = words_for(counts_in(change));
  row.set("CHECKS", checks.words).set("CHECKS_TONE", checks.tone);
  fill_turn(row, turn, names, now);
  set_time(row, "OPENED", change.time("opened_at"), now);
}

// Whether the viewer answers for the project where nobody in particular does.
Result<bool> maintains(const PageRequest& request, const pg::Row& change, std::map<std::int64_t, bool>& known) {
  const std::int64_t repository = change.integer("host_repository_id");
  if (change.text("host") != "local" || request.viewer.host != "local") return false;
  if (const auto found = known.find(repository); found != known.end()) return found->second;
  GREENROOM_TRY(permission, hosts::local::permission_of(request.db, repository, request.viewer.host_account_id));
  return known[repository] = permission >= hosts::Permission::triage;
}

Result<void> list_open(const PageRequest& request, View& view) {
  GREENROOM_TRY(rows, request.db.run(pg::query("web/open_changes")));
  std::map<std::int64_t, bool> known;
  for (int i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    const Turn turn = turn_of(turn_facts_in(row));
    GREENROOM_TRY(maintainer, maintains(request, row, known));
    const std::int64_t buddy = row.integer("buddy_id");
    TurnNames names{row.text("author_name"), row.text("buddy_name"),
                    row.integer("author_id") == request.viewer.person.value,
                    buddy == request.viewer.person.value || (buddy == 0 && maintainer)};
    const char* section = is_viewers(turn, names) ? "WAITS" : names.viewer_is_author ? "MINE" : "OTHER";
    fill_row(view.add(section).include("ROW", "change_row.html"), row, turn, names, request.now);
  }
  return {};
}

}  // namespace

Result<Page> home_page(const PageRequest& request) {
  Page page{"Home", "home.html", "home", {}};
  View& view = page.view;
  view.set("NAME", request.viewer.name);
  GREENROOM_CHECK(list_open(request, view));
  view.show("NOTHING_WAITS", view.sections("WAITS").empty());
  view.show("HAS_MINE", !view.sections("MINE").empty()).show("HAS_OTHER", !view.sections("OTHER").empty());
  GREENROOM_TRY(settled, request.db.run(pg::query("web/settled_changes_of"), {request.viewer.person}));
  view.show("HAS_SETTLED", !settled.empty());
  for (int i = 0; i < settled.size(); ++i) {
    View& row = view.add("SETTLED");
    row.set("PATH", change_path(settled[i].text("full_name"), settled[i].integer("number")))
        .set("TITLE", settled[i].text("title"));
    row.set("STATE", settled[i].text("state"));
    set_time(row, "CLOSED", settled[i].time("closed_at"), request.now);
  }
  GREENROOM_TRY(repositories, hosts::local::all_repositories(request.db));
  for (const auto& repository : repositories) {
    View& row = view.add("REPOSITORY");
    row.set("NAME", repository.full_name).set("ISSUES", issues_path(repository.full_name));
    row.set("CLONE", clone_address(request, repository.full_name));
  }
  return page;
}

}  // namespace greenroom::web
