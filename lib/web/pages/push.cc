// How to push to the practice host: the clone addresses, the login, and push tokens of one's own.

#include "lib/hosts/local/push_tokens.h"
#include "lib/hosts/local/reading.h"
#include "lib/web/page.h"

namespace greenroom::web {
namespace {

// Whoever signs in from another host pushes there.
bool has_account_here(const Viewer& viewer) { return viewer.host == "local"; }

// "practice/shotlist" is cloned into "shotlist".
std::string folder_of(const std::string& repository) { return repository.substr(repository.rfind('/') + 1); }

Result<void> list_projects(const PageRequest& request, View& view) {
  GREENROOM_TRY(repositories, hosts::local::all_repositories(request.db));
  for (const auto& repository : repositories) {
    View& project = view.add("PROJECT");
    project.set("NAME", repository.full_name)
        .set("CLONE", clone_address(request, repository.full_name))
        .set("FOLDER", folder_of(repository.full_name))
        .set("BRANCH", request.viewer.login + "/first-change");
  }
  view.show("NO_PROJECT", repositories.empty());
  return {};
}

Result<void> list_tokens(const PageRequest& request, View& view) {
  GREENROOM_TRY(tokens, hosts::local::push_tokens_of(request.db, request.viewer.host_account_id));
  view.show("NO_TOKEN", tokens.empty()).show("HAS_TOKENS", !tokens.empty());
  for (const auto& token : tokens) {
    View& row = view.add("TOKEN_ROW");
    row.set("TOKEN_ID", token.id);
    set_time(row, "MADE", token.made_at, request.now);
    if (token.used_at)
      set_time(row.add("USED"), "WHEN", *token.used_at, request.now);
    else
      row.show("UNUSED");
  }
  return {};
}

}  // namespace

Result<Page> push_page(const PageRequest& request) {
  Page page{"How to push", "push.html", "home", {}};
  View& view = page.view;
  if (!has_account_here(request.viewer)) {
    view.show("ELSEWHERE");
    return page;
  }
  View& here = view.add("HERE");
  here.set("LOGIN", request.viewer.login);
  GREENROOM_CHECK(list_projects(request, here));
  GREENROOM_CHECK(list_tokens(request, here));
  return page;
}

Result<Page> post_push_token(const PageRequest& request) {
  if (!has_account_here(request.viewer)) return rejected("push tokens are for accounts of the practice host");
  GREENROOM_TRY(token, hosts::local::make_push_token(request.db, request.viewer.host_account_id));
  GREENROOM_TRY(page, push_page(request));
  page.view.add("NEW_TOKEN").set("TOKEN", token.reveal()).set("LOGIN", request.viewer.login);
  return page;
}

Result<std::string> post_revoke_push_token(const PageRequest& request) {
  if (!has_account_here(request.viewer)) return rejected("push tokens are for accounts of the practice host");
  GREENROOM_TRY(number, number_in(request.words.at(0)));
  GREENROOM_CHECK(hosts::local::revoke_push_token(request.db, request.viewer.host_account_id, number));
  return "/push#tokens";
}

}  // namespace greenroom::web
