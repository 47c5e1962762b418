// One change: the living summary, its checks, the diff with its threads, the conversation.

#include <optional>

#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/reading.h"
#include "lib/pg/query.h"
#include "lib/store/job_reader.h"
#include "lib/web/change_diff.h"
#include "lib/web/check_view.h"
#include "lib/web/markdown.h"
#include "lib/web/page.h"
#include "lib/web/turn_view.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

using hosts::local::Comment;
using hosts::local::Discussion;
using hosts::local::Item;

struct Known {  // what Greenroom itself knows; nothing while the webhook is on its way
  model::JobId job;
  model::PersonId author, buddy;
  std::string job_state, buddy_name;
  std::optional<TurnFacts> turn;
};

Result<Known> known_of(const PageRequest& request, const model::RepositoryFacts& repository, std::int64_t number) {
  Known known;
  GREENROOM_TRY(ours, request.db.run(pg::query("web/repository"), {repository.host, repository.host_repository_id}));
  if (ours.empty()) return known;
  GREENROOM_TRY(rows, request.db.run(pg::query("web/change"), {ours[0].integer("id"), number}));
  if (rows.empty()) return known;
  const auto row = rows[0];
  known.job = model::JobId{row.integer("job_id")};
  known.job_state = row.text("job_state");
  known.author = model::PersonId{row.integer("author_id")};
  known.buddy = model::PersonId{row.integer("buddy_id")};
  known.buddy_name = row.text("buddy_login").empty() ? "" : name_of(row.text("buddy_name"), row.text("buddy_login"));
  known.turn = turn_facts_in(row);
  return known;
}

void fill_head(View& view, const PageRequest& request, const model::RepositoryFacts& repository, const Item& item) {
  view.set("REPOSITORY", repository.full_name)
      .set("TITLE", item.title)
      .set("NUMBER", item.number)
      .set("STATE", item.state);
  view.set("AUTHOR", name_of(item.author.display_name, item.author.login))
      .set("HEAD_REF", item.head_ref)
      .set("BASE_REF", item.base_ref);
  view.set("HEAD", short_sha(item.head_sha)).set("ACTION", change_path(repository.full_name, item.number));
  set_time(view, "OPENED", item.opened_at, request.now);
  if (!item.description.empty())
    view.add("DESCRIPTION").set("BODY_HTML", render_markdown(item.description, Author::person));
}

void fill_whose_turn(View& view, const PageRequest& request, const Item& item, const Known& known, bool reviews) {
  TurnFacts facts = known.turn.value_or(TurnFacts{true, true, false, item.opened_at, {}, {}, {}});
  facts.open = item.state == "open";
  const bool helps = known.buddy == request.viewer.person || (!known.buddy && reviews);
  const TurnNames names{name_of(item.author.display_name, item.author.login), known.buddy_name,
                        known.author == request.viewer.person, helps};
  fill_turn(view, turn_of(facts), names, request.now);
  if (!known.buddy_name.empty()) view.add("BUDDY").set("NAME", known.buddy_name);
}

// The living comment is the bot's first comment; it stands on top, the rest is the conversation.
void fill_conversation(View& view, const PageRequest& request, const Discussion& discussion) {
  const Comment* summary = nullptr;
  for (const auto& comment : discussion.conversation) {
    if (comment.author.kind == model::Account::Kind::bot) {
      summary = &comment;
      break;
    }
  }
  if (summary != nullptr) {
    View& box = view.add("SUMMARY");
    box.set("ID", summary->id).set("BODY_HTML", render_markdown(summary->body, Author::bot));
    set_time(box, "WHEN", summary->edited_at.value_or(summary->created_at), request.now);
  } else {
    view.show("NO_SUMMARY");
  }
  for (const auto& comment : discussion.conversation) {
    if (&comment != summary) fill_comment(view.include("COMMENT", "comment.html"), comment, request.now);
  }
}

Result<void> fill_checks(View& view, const PageRequest& request, const Known& known) {
  if (!known.job) {
    view.show("NO_JOB");
    return {};
  }
  GREENROOM_TRY(checks, store::checks_of(request.db, known.job));
  View& box = view.add("JOB");
  box.set("PATH", "/jobs/" + model::to_string(known.job));
  for (const auto& check : checks) fill_check(box.add("CHECK"), check, known.job);
  box.show("NONE_YET", checks.empty());
  const bool final = known.job_state != "queued" && known.job_state != "leased";
  if (!final) box.add("WATCH").set("PATH", "/jobs/" + model::to_string(known.job) + "/watch");
  return {};
}

}  // namespace

Result<Page> change_page(const PageRequest& request) {
  GREENROOM_TRY(repository, repository_of(request));
  GREENROOM_TRY(number, number_in(request.words.at(2)));
  GREENROOM_TRY(found, hosts::local::find_item(request.db, repository.host_repository_id, number));
  if (!found || !found->is_change) return not_found("there is no such change");
  const Item& item = *found;
  GREENROOM_TRY(known, known_of(request, repository, number));
  GREENROOM_TRY(discussion, hosts::local::discussion_of(request.db, repository.host_repository_id, number));
  GREENROOM_TRY(permission,
                hosts::local::permission_of(request.db, repository.host_repository_id, request.viewer.host_account_id));
  GREENROOM_TRY(change, change_diff(request, repository.host_repository_id, item, known.job, discussion.threads));
  const bool reviews = permission >= hosts::Permission::triage;

  Page page{item.title, "change.html", "home", {}};
  fill_head(page.view, request, repository, item);
  fill_whose_turn(page.view, request, item, known, reviews);
  fill_conversation(page.view, request, discussion);
  GREENROOM_CHECK(fill_checks(page.view, request, known));
  const ThreadPlace place{change_path(repository.full_name, number),
                          reviews || item.author.host_account_id == request.viewer.host_account_id, false};
  View& diff = page.view.include("DIFF", "diff.html");
  fill_diff(diff, change.diff, change.threads, place, request.now);
  if (!change.missing.empty()) diff.add("MISSING").set("WORDS", change.missing);
  return page;
}

}  // namespace greenroom::web
