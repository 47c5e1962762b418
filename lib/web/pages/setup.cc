// How the hosts and their repositories are set up, as the bot found it: for the operators. The dashboard asks no host.

#include "lib/connect/remark_json.h"
#include "lib/hosts/hosts.h"
#include "lib/pg/query.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

using Sign = hosts::Remark::Sign;

StateWords words_for(Sign sign) {
  if (sign == Sign::fine) return {"✓", "fine", "good"};
  if (sign == Sign::note) return {"•", "worth knowing", "quiet"};
  return {"!", "missing", "wrong"};
}

Result<void> fill(View& view, const pg::Row& row, TimePoint now) {
  GREENROOM_TRY(remarks, connect::remarks_from_json(row.text("remarks")));
  const auto repository = row.integer("host_repository_id");
  view.set("NAME", repository == 0 ? row.text("host") : row.text("full_name"));
  view.send_back("HOST_VALUE", row.text("host")).send_back("REPOSITORY_VALUE", std::to_string(repository));
  const auto examined = row.maybe_time("examined_at");
  if (examined) set_time(view.add("EXAMINED"), "WHEN", *examined, now);
  view.show("UNSEEN", !examined)
      .show("WAITS", examined && row.boolean("waits"))
      .show("HOST", repository == 0)
      .show("PLACE", repository != 0);
  if (remarks.empty()) return {};
  View& found = view.add("FOUND");
  for (const auto& remark : remarks) {
    const auto words = words_for(remark.sign);
    found.add("REMARK")
        .set("SIGN", words.sign)
        .set("STATE", words.words)
        .set("TONE", words.tone)
        .set("SENTENCE", remark.sentence);
  }
  return {};
}

}  // namespace

Result<void> need_operator(const Viewer& viewer) {
  if (viewer.is_operator) return {};
  return rejected(
      "this page is for those who run Greenroom; they print themselves a link with "
      "'greenroom sign-in-link --operator'");
}

Result<Page> setup_page(const PageRequest& request) {
  GREENROOM_CHECK(need_operator(request.viewer));
  GREENROOM_TRY(rows, request.db.run(pg::query("web/connections")));
  Page page{"Setup", "setup.html", "setup", {}};
  for (int i = 0; i < rows.size(); ++i) GREENROOM_CHECK(fill(page.view.add("CONNECTION"), rows[i], request.now));
  bool github = false;
  for (int i = 0; i < rows.size(); ++i) github = github || rows[i].text("host") == "github";
  page.view.show("NONE", rows.empty()).show("NO_GITHUB", !github);
  return page;
}

Result<std::string> post_examine(const PageRequest& request) {
  GREENROOM_CHECK(need_operator(request.viewer));
  const std::string host = field(request.request, "host"), repository = field(request.request, "repository");
  if (hosts::ingress_named(host) == nullptr) return not_found("there is no such git host");
  if (repository != "0") GREENROOM_CHECK(number_in(repository));  // 0: the host itself
  GREENROOM_TRY(rows, request.db.run(pg::query("web/ask_connection"), {host, repository}));
  if (rows.affected() == 0) return not_found("the bot knows no such repository");
  return "/setup";
}

}  // namespace greenroom::web
