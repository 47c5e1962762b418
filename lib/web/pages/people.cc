// How newcomers fare. A person's own line is shown to them, to whoever was their buddy, and to the project's
// maintainers; everybody else sees numbers only, and none that stand for fewer than five people.

#include <algorithm>
#include <optional>

#include "lib/base/text.h"
#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/reading.h"
#include "lib/pg/query.h"
#include "lib/web/page.h"
#include "lib/web/stage.h"
#include "lib/web/turn_view.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

struct Newcomer {
  model::PersonId person;
  std::string name, buddy, first_title;
  std::vector<std::string> buddies;  // everyone who was their buddy, by person
  Journey journey;
  std::int64_t first_number = 0;
  std::optional<TimePoint> opened_at, replied_at;
};

Newcomer newcomer_in(const pg::Row& row) {
  Newcomer one;
  one.person = model::PersonId{row.integer("id")};
  one.name = row.text("name");
  one.buddy = row.text("buddy_name");
  one.first_title = row.text("first_title");
  one.first_number = row.integer("first_number");
  const std::string buddies = row.text("buddies");
  for (const auto buddy : split(buddies, ' ')) one.buddies.emplace_back(buddy);
  one.journey = {static_cast<int>(row.integer("replies")), static_cast<int>(row.integer("changes")),
                 static_cast<int>(row.integer("merged")), static_cast<int>(row.integer("merged_lately"))};
  one.opened_at = row.maybe_time("first_opened_at");
  one.replied_at = row.maybe_time("first_reply_at");
  return one;
}

bool may_see(const Viewer& viewer, const Newcomer& one, bool maintainer) {
  const std::string self = model::to_string(viewer.person);
  const bool was_buddy = std::find(one.buddies.begin(), one.buddies.end(), self) != one.buddies.end();
  return maintainer || one.person == viewer.person || was_buddy;
}

void fill_person(View& row, const Newcomer& one, const std::string& repository, const Viewer& viewer, TimePoint now) {
  const Stage reached = stage_of(one.journey);
  row.set("NAME", one.name)
      .set("INITIAL", initial_of(one.name))
      .set("STAGE", words_for(reached))
      .set("BUDDY", one.buddy);
  row.show("IS_YOU", one.person == viewer.person).show("HAS_BUDDY", !one.buddy.empty());
  for (int stage = 0; stage < kStages; ++stage) {
    View& step = row.add("STEP");
    step.set("WORDS", words_for(static_cast<Stage>(stage)))
        .set("DONE", stage <= static_cast<int>(reached) ? "done" : "open");
    step.show("CURRENT", stage == static_cast<int>(reached));
  }
  if (!one.opened_at) return;
  View& first = row.add("FIRST");
  first.set("TITLE", one.first_title).set("PATH", change_path(repository, one.first_number));
  first.set("REPLY", one.replied_at ? "after " + span_words(*one.replied_at - *one.opened_at)
                                    : "still waiting, for " + span_words(now - *one.opened_at));
  first.set("TONE", one.replied_at ? "good" : "look");
}

void fill_numbers(View& view, const std::vector<Newcomer>& all) {
  std::vector<Stage> stages;
  std::vector<Duration> replies;
  for (const auto& one : all) {
    stages.push_back(stage_of(one.journey));
    if (one.opened_at && one.replied_at) replies.push_back(*one.replied_at - *one.opened_at);
  }
  const Cohort cohort = summarise(stages, replies);
  view.set("MEDIAN", cohort.median_reply ? span_words(*cohort.median_reply) : "not enough people to say");
  view.show("SUPPRESSED", cohort.reached.empty());
  for (int stage = 0; stage < static_cast<int>(cohort.reached.size()); ++stage) {
    const int count = cohort.reached[static_cast<std::size_t>(stage)];
    const bool small = count > 0 && count < static_cast<int>(kSmallestCohort);
    view.add("FUNNEL")
        .set("WORDS", words_for(static_cast<Stage>(stage)))
        .set("COUNT", small ? "fewer than 5" : std::to_string(count));
  }
}

Result<void> fill_repository(const PageRequest& request, View& view, const model::RepositoryFacts& repository) {
  view.set("REPOSITORY", repository.full_name);
  GREENROOM_TRY(ours, request.db.run(pg::query("web/repository"), {repository.host, repository.host_repository_id}));
  if (ours.empty()) return {};
  GREENROOM_TRY(permission,
                hosts::local::permission_of(request.db, repository.host_repository_id, request.viewer.host_account_id));
  const bool maintainer = permission >= hosts::Permission::triage;
  GREENROOM_TRY(rows, request.db.run(pg::query("web/newcomers"), {ours[0].integer("id")}));
  std::vector<Newcomer> all;
  for (int i = 0; i < rows.size(); ++i) all.push_back(newcomer_in(rows[i]));
  int shown = 0;
  for (const auto& one : all) {
    if (!may_see(request.viewer, one, maintainer)) continue;
    fill_person(view.add("PERSON"), one, repository.full_name, request.viewer, request.now);
    ++shown;
  }
  view.show("NOBODY", shown == 0).show("SOMEBODY", shown > 0);
  fill_numbers(view, all);
  return {};
}

}  // namespace

Result<Page> people_page(const PageRequest& request) {
  Page page{"People", "people.html", "people", {}};
  GREENROOM_TRY(repositories, hosts::local::all_repositories(request.db));
  for (const auto& repository : repositories)
    GREENROOM_CHECK(fill_repository(request, page.view.add("PROJECT"), repository));
  page.view.show("NO_PROJECT", repositories.empty());
  return page;
}

}  // namespace greenroom::web
