// The practice page: a snippet or a branch, tried in the sandbox for one pair of eyes. docs/practice.md.

#include <algorithm>
#include <array>
#include <optional>

#include "lib/base/hash.h"
#include "lib/git/repository.h"
#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/reading.h"
#include "lib/model/practice.h"
#include "lib/pg/query.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

struct Kind {
  std::string_view name, words;  // the file's name: nothing of the form is ever one
  bool runs;
};
constexpr std::array kKinds{Kind{"snippet.py", "Python", true}, Kind{"snippet.sh", "Shell", true},
                            Kind{"snippet.cpp", "C++", false}};

Result<void> is_on(const PageRequest& request) {
  if (request.settings.tries_per_hour > 0) return {};
  return not_found("the practice page is switched off here");
}

// Somebody to whom a project has given more than reading; everybody may read.
Result<bool> has_standing(const PageRequest& request) {
  if (request.viewer.host != "local") return false;
  GREENROOM_TRY(rows, request.db.run(pg::query("web/has_standing"), {request.viewer.host_account_id}));
  return rows[0].boolean("answer");
}

// One's own lines run: the sandbox is the guard. An operator who wants everything seen first gets that here too.
Result<model::MayRun> for_snippet(const PageRequest& request) {
  if (request.settings.approval_required != "everything") return model::MayRun::everything;
  GREENROOM_TRY(known, has_standing(request));
  return known ? model::MayRun::everything : model::MayRun::reading;
}

// A branch may be anybody's: its tests need what the tests of a change need.
Result<model::MayRun> for_branch(const PageRequest& request, std::int64_t repository) {
  if (request.settings.approval_required == "never") return model::MayRun::everything;
  GREENROOM_TRY(permission, hosts::local::permission_of(request.db, repository, request.viewer.host_account_id));
  return permission >= hosts::Permission::triage ? model::MayRun::everything : model::MayRun::reading;
}

struct Wanted {
  std::optional<std::string> file_name, branch, head, base;
  std::optional<std::string> content;
  std::optional<std::int64_t> repository;
  bool run = false;
  model::MayRun may_run = model::MayRun::reading;
};

Result<Wanted> snippet_of(const PageRequest& request) {
  const std::string name = field(request.request, "kind");
  Wanted wanted;
  const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& one) { return one.name == name; });
  if (kind == kKinds.end()) return user_fault("choose a language from the list");
  wanted.file_name = name;
  wanted.content = field(request.request, "content");
  if (wanted.content->find_first_not_of(" \t\n") == std::string::npos)
    return user_fault("there is nothing to try yet: paste a few lines first");
  if (wanted.content->size() > model::kLargestSnippet)
    return user_fault("the snippet is larger than 64 KiB; try a part of it");
  if (!wanted.content->ends_with('\n') && wanted.content->size() < model::kLargestSnippet) *wanted.content += '\n';
  GREENROOM_TRY(may_run, for_snippet(request));
  wanted.may_run = may_run;
  wanted.run = field(request.request, "run") == "yes" && kind->runs;
  return wanted;
}

// The names of a form are compared with those that are there; they become neither a path nor an argument.
Result<Wanted> branch_of(const PageRequest& request) {
  const std::string project = field(request.request, "project"), branch = field(request.request, "branch");
  if (request.viewer.host != "local") return rejected("branches are tried on the host where your account is");
  GREENROOM_TRY(repository, hosts::local::find_repository(request.db, project));
  if (!repository) return not_found("there is no such project here");
  GREENROOM_TRY(rows, request.db.run(pg::query("web/repository"), {"local", repository->host_repository_id}));
  if (rows.empty()) return user_fault("nobody has pushed to " + project + " yet");
  GREENROOM_TRY(bare, git::Repository::open(request.settings.git_root + "/" +
                                            std::to_string(repository->host_repository_id) + ".git"));
  GREENROOM_TRY(branches, bare.branches());
  Wanted wanted;
  for (const auto& ref : branches) {
    if (ref.name == "refs/heads/" + branch) wanted.head = ref.sha;
    if (ref.name == "refs/heads/" + repository->default_branch) wanted.base = ref.sha;
  }
  if (!wanted.head) return user_fault("there is no branch of that name in " + project + "; push it first");
  if (!wanted.base) return user_fault(project + " has no " + repository->default_branch + " yet");
  wanted.branch = branch;
  wanted.repository = rows[0].integer("id");
  GREENROOM_TRY(may_run, for_branch(request, repository->host_repository_id));
  wanted.may_run = may_run;
  wanted.run = true;
  return wanted;
}

tl::unexpected<Error> too_many(const PageRequest& request) {
  const auto limits = request.db.run(pg::query("web/try_limits"), {request.viewer.person});
  if (!limits) return tl::unexpected(limits.error());
  if ((*limits)[0].boolean("under_way"))
    return user_fault("one of your tries is still under way; its page shows how far it is");
  return user_fault(counted(request.settings.tries_per_hour, "try", "tries") +
                    " in an hour is the limit here, and you have reached it; the next one can begin in " +
                    counted((*limits)[0].integer("minutes"), "minute", "minutes"));
}

std::string subject_of(const pg::Row& row) {
  if (!row.is_null("branch")) return row.text("full_name") + ", branch " + row.text("branch");
  return row.text("file_name");
}

Result<void> list_tries(const PageRequest& request, View& view) {
  GREENROOM_TRY(rows, request.db.run(pg::query("web/tries"), {request.viewer.person}));
  view.show("HAS_TRIES", !rows.empty());
  for (int i = 0; i < rows.size(); ++i) {
    const std::string state = rows[i].text("state");
    View& row = view.add("TRY");
    row.set("PATH", "/practice/" + std::to_string(rows[i].integer("id"))).set("SUBJECT", subject_of(rows[i]));
    row.set("STATE", state == "finished" ? "done" : state == "dead" ? "came to no end" : "under way");
    set_time(row, "QUEUED", rows[i].time("queued_at"), request.now);
  }
  return {};
}

}  // namespace

Result<Page> practice_page(const PageRequest& request) {
  GREENROOM_CHECK(is_on(request));
  Page page{"Practice", "practice.html", "practice", {}};
  View& view = page.view;
  view.set("PER_HOUR", request.settings.tries_per_hour)
      .set("KEPT", counted(request.settings.keep_tries_hours, "hour", "hours"));
  GREENROOM_TRY(may_run, for_snippet(request));
  view.show("MAY_RUN", may_run == model::MayRun::everything).show("MAY_READ", may_run != model::MayRun::everything);
  for (const Kind& kind : kKinds) view.add("KIND").set("NAME", kind.name).set("WORDS", kind.words);
  if (request.viewer.host == "local") {
    GREENROOM_TRY(repositories, hosts::local::all_repositories(request.db));
    if (!repositories.empty()) {
      View& branch = view.add("BRANCH");
      for (const auto& repository : repositories) branch.add("PROJECT").set("NAME", repository.full_name);
      branch.show("TESTS_WAIT", request.settings.approval_required != "never");
    }
  }
  GREENROOM_CHECK(list_tries(request, view));
  return page;
}

Result<std::string> post_try(const PageRequest& request) {
  GREENROOM_CHECK(is_on(request));
  GREENROOM_TRY(wanted, field(request.request, "what") == "branch" ? branch_of(request) : snippet_of(request));
  std::optional<pg::Bytes> content;
  if (wanted.content) content = pg::Bytes{*wanted.content};
  GREENROOM_TRY(rows, request.db.run(pg::query("web/queue_try"),
                                     {random_hex(16), request.viewer.person, wanted.file_name, content,
                                      wanted.repository, wanted.branch, wanted.head, wanted.base, wanted.run,
                                      model::name_of(wanted.may_run), request.settings.tries_per_hour}));
  if (rows.empty()) return too_many(request);
  return "/practice/" + std::to_string(rows[0].integer("id"));
}

Result<std::string> post_forget_try(const PageRequest& request) {
  GREENROOM_TRY(number, number_in(request.words.at(0)));
  GREENROOM_TRY(rows, request.db.run(pg::query("web/forget_try"), {number, request.viewer.person}));
  if (rows.empty()) return not_found("there is no such try");
  return "/practice";
}

}  // namespace greenroom::web
