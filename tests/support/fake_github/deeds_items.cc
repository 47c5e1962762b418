// Issues and pulls: opened, pushed to, closed, edited.

#include <algorithm>
#include <stdexcept>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/diff.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing::fake {
namespace {

void tell_with(State& state, const Repository& repository, const Issue& issue, const std::string& action, Id who,
               Json members) {
  if (issue.pull) {
    members["number"] = issue.number;
    members["pull_request"] = pull_json(state, repository, issue, Detail::full);
    return tell(state, repository, "pull_request", action, who, members);
  }
  members["issue"] = issue_json(state, repository, issue);
  tell(state, repository, "issues", action, who, members);
}

const std::string& content_at(const Repository& repository, const std::string& sha, const std::string& path) {
  static const std::string nothing;
  const auto& files = repository.commits.at(sha).files;
  const auto found = files.find(path);
  return found == files.end() ? nothing : found->second;
}

// A thread follows its line while that stands unchanged and within the diff.
void carry(const Repository& repository, const Pull& pull, Thread& thread) {
  const Anchor before = thread.anchor;
  thread.anchor.commit = pull.head_sha;
  if (thread.outdated || before.whole_file || before.side == "LEFT") return;
  const auto& was = content_at(repository, before.commit, before.path);
  const auto& is = content_at(repository, pull.head_sha, before.path);
  thread.anchor.line = line_after(was, is, before.line);
  thread.anchor.start_line = before.start_line == 0 ? 0 : line_after(was, is, before.start_line);
  bool in_diff = false;
  for (const auto& change : changes_of(repository, base_sha_of(repository, pull), pull.head_sha))
    for (const auto& hunk : change.hunks)
      for (const auto& line : hunk.lines)
        in_diff =
            in_diff || (change.path == before.path && thread.anchor.line != 0 && line.new_line == thread.anchor.line);
  thread.outdated = !in_diff || (before.start_line != 0 && thread.anchor.start_line == 0);
  if (thread.outdated) thread.anchor.line = thread.anchor.start_line = 0;
}

}  // namespace

Issue& open_issue(State& state, Repository& repository, Id author, const std::string& title, const std::string& body,
                  std::optional<Pull> pull) {
  Issue issue;
  issue.id = state.next_id();
  issue.number = repository.next_number++;
  issue.author = author;
  issue.title = title;
  issue.body = body;
  issue.created = issue.updated = state.now();
  issue.pull = std::move(pull);
  Issue& kept = repository.issues[issue.number] = std::move(issue);
  tell_of(state, repository, kept, "opened", author);
  return kept;
}

void tell_of(State& state, const Repository& repository, const Issue& issue, const std::string& action, Id who) {
  tell_with(state, repository, issue, action, who, Json::object());
}

void push(State& state, Repository& repository, Issue& issue, const std::string& head_sha) {
  if (!repository.commits.contains(head_sha)) throw std::logic_error("the fake GitHub has no commit " + head_sha);
  Pull& pull = *issue.pull;
  const std::string before = pull.head_sha;
  pull.head_sha = head_sha;
  issue.updated = state.now();
  for (auto& [first, thread] : repository.threads)
    if (thread.number == issue.number) carry(repository, pull, thread);
  if (!pull.from_fork) {  // a fork's push is told where the App is not
    repository.branches[pull.head_ref] = head_sha;
    tell(state, repository, "push", "", issue.author,
         {{"ref", "refs/heads/" + pull.head_ref}, {"before", before}, {"after", head_sha}});
  }
  tell_with(state, repository, issue, "synchronize", issue.author, {{"before", before}, {"after", head_sha}});
}

void close(State& state, Repository& repository, Issue& issue, Id who, bool merged) {
  issue.open = false;
  issue.closed = issue.updated = state.now();
  if (merged) {
    issue.pull->merged = true;
    repository.branches[issue.pull->base_ref] = issue.pull->head_sha;
  }
  tell_of(state, repository, issue, "closed", who);
}

void reopen(State& state, Repository& repository, Issue& issue, Id who) {
  issue.open = true;
  issue.updated = state.now();
  tell_of(state, repository, issue, "reopened", who);
}

void edit_issue(State& state, Repository& repository, Issue& issue, Id who, const std::string& title,
                const std::string& body) {
  Json changes = Json::object();
  if (title != issue.title) changes["title"] = {{"from", issue.title}};
  if (body != issue.body) changes["body"] = {{"from", issue.body}};
  issue.title = title;
  issue.body = body;
  issue.updated = state.now();
  tell_with(state, repository, issue, "edited", who, {{"changes", changes}});
}

void retarget(State& state, Repository& repository, Issue& issue, Id who, const std::string& base_ref) {
  const Json from{{"ref", {{"from", issue.pull->base_ref}}}, {"sha", {{"from", base_sha_of(repository, *issue.pull)}}}};
  issue.pull->base_ref = base_ref;
  issue.updated = state.now();
  tell_with(state, repository, issue, "edited", who, {{"changes", {{"base", from}}}});
}

void set_draft(State& state, Repository& repository, Issue& issue, Id who, bool draft) {
  issue.pull->draft = draft;
  issue.updated = state.now();
  tell_of(state, repository, issue, draft ? "converted_to_draft" : "ready_for_review", who);
}

}  // namespace greenroom::testing::fake
