// A project's issues as a board, and one issue with its conversation, where /good-first-issue can be typed.

#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/reading.h"
#include "lib/web/discussion_view.h"
#include "lib/web/markdown.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

bool has_label(const hosts::local::ListedItem& item, std::string_view label) {
  for (const auto& one : item.labels) {
    if (one == label) return true;
  }
  return false;
}

const char* column_of(const hosts::local::ListedItem& item) {
  if (item.state != "open") return "CLOSED";
  return has_label(item, "good first issue") || has_label(item, "good-first-issue") ? "FIRST" : "OPEN";
}

void fill_card(View& card, const hosts::local::ListedItem& item, const std::string& repository, TimePoint now) {
  card.set("TITLE", item.title)
      .set("NUMBER", item.number)
      .set("PATH", issue_path(repository, item.number))
      .set("AUTHOR", item.author);
  card.set("COMMENTS", counted(item.comments, "comment", "comments"));
  for (const auto& label : item.labels) card.add("LABEL").set("NAME", label);
  if (!item.assignee.empty()) card.add("ASSIGNED").set("TO", item.assignee);
  set_time(card, "OPENED", item.opened_at, now);
}

}  // namespace

Result<Page> issues_page(const PageRequest& request) {
  GREENROOM_TRY(repository, repository_of(request));
  GREENROOM_TRY(items, hosts::local::list_issues(request.db, repository.host_repository_id));
  Page page{"Issues of " + repository.full_name, "issues.html", "issues", {}};
  View& view = page.view;
  view.set("REPOSITORY", repository.full_name).set("ACTION", issues_path(repository.full_name));
  for (const auto& item : items)
    fill_card(view.add(column_of(item)).include("CARD", "issue_card.html"), item, repository.full_name, request.now);
  for (const char* column : {"FIRST", "OPEN", "CLOSED"}) {
    const auto count = view.sections(column).size();
    view.set(std::string(column) + "_COUNT", static_cast<std::int64_t>(count))
        .show(std::string("NO_") + column, count == 0);
  }
  return page;
}

Result<Page> issue_page(const PageRequest& request) {
  GREENROOM_TRY(repository, repository_of(request));
  GREENROOM_TRY(number, number_in(request.words.at(2)));
  GREENROOM_TRY(item, hosts::local::find_item(request.db, repository.host_repository_id, number));
  if (!item || item->is_change) return not_found("there is no such issue");
  GREENROOM_TRY(discussion, hosts::local::discussion_of(request.db, repository.host_repository_id, number));
  GREENROOM_TRY(permission,
                hosts::local::permission_of(request.db, repository.host_repository_id, request.viewer.host_account_id));
  const bool triages = permission >= hosts::Permission::triage;
  const bool open = item->state == "open";

  Page page{item->title, "issue.html", "issues", {}};
  View& view = page.view;
  view.set("REPOSITORY", repository.full_name)
      .set("ISSUES", issues_path(repository.full_name))
      .set("TITLE", item->title);
  view.set("NUMBER", number).set("STATE", item->state).set("ACTION", issue_path(repository.full_name, number));
  view.set("AUTHOR", name_of(item->author.display_name, item->author.login));
  set_time(view, "OPENED", item->opened_at, request.now);
  if (!item->description.empty())
    view.add("DESCRIPTION").set("BODY_HTML", render_markdown(item->description, Author::person));
  for (const auto& label : item->labels)
    view.add("LABEL").set("NAME", label).send_back("NAME_VALUE", label).show("REMOVE", triages);
  view.show("NO_LABELS", item->labels.empty()).show("MAY_LABEL", triages);
  view.show("MAY_CLOSE", open && (triages || item->author.host_account_id == request.viewer.host_account_id));
  if (!item->assignee.empty()) view.add("ASSIGNED").set("TO", item->assignee);
  for (const auto& comment : discussion.conversation)
    fill_comment(view.include("COMMENT", "comment.html"), comment, request.now);
  return page;
}

}  // namespace greenroom::web
