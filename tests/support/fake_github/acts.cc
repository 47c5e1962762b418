// What people do. Each finds who and what, and leaves the rest to the deeds that tokens' writes lead to as well.

#include <stdexcept>

#include "tests/support/fake_github/anchor.h"
#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/impl.h"
#include "tests/support/fake_github/render.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing {

using namespace fake;  // this file is the outside of that namespace

namespace {

void must(bool possible, const std::string& what) {
  if (!possible) throw std::logic_error("the fake GitHub cannot do that: " + what);
}

Issue& pull_of(Repository& repository, std::int64_t number) {
  Issue& issue = issue_of(repository, number);
  must(issue.pull.has_value(), "issue " + std::to_string(number) + " is no change");
  return issue;
}

}  // namespace

std::int64_t FakeGithub::person_opens_pull(Id repository, const std::string& login, const NewPull& wanted) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    must(found.commits.contains(wanted.head_sha), "its head " + wanted.head_sha + " is no commit: add_commit first");
    must(found.branches.contains(wanted.base_ref), "its base " + wanted.base_ref + " is no branch: set_branch first");
    Pull pull;
    pull.head_ref = wanted.head_ref;
    pull.head_sha = wanted.head_sha;
    pull.base_ref = wanted.base_ref;
    pull.draft = wanted.draft;
    pull.from_fork = wanted.from_fork;
    if (!wanted.from_fork) found.branches[wanted.head_ref] = wanted.head_sha;
    return open_issue(state, found, state.person(login), wanted.title, wanted.body, pull).number;
  });
}

std::int64_t FakeGithub::person_opens_issue(Id repository, const std::string& login, const std::string& title,
                                            const std::string& body) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    return open_issue(state, found, state.person(login), title, body, std::nullopt).number;
  });
}

void FakeGithub::person_pushes(Id repository, std::int64_t number, const std::string& head_sha) {
  impl_->in(repository, [&](State& state, Repository& found) { push(state, found, pull_of(found, number), head_sha); });
}

Id FakeGithub::person_comments(Id repository, std::int64_t number, const std::string& login, const std::string& body) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    return say(state, found, issue_of(found, number), state.person(login), body).id;
  });
}

void FakeGithub::person_edits_comment(Id repository, Id comment, const std::string& login, const std::string& body) {
  impl_->in(repository, [&](State& state, Repository& found) {
    edit_comment(state, found, comment_of(found, comment), state.person(login), body);
  });
}

void FakeGithub::person_reruns(Id repository, Id check_run, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    const auto run = found.check_runs.find(check_run);
    must(run != found.check_runs.end(), "there is no such check run");
    tell(state, found, "check_run", "rerequested", state.person(login),
         {{"check_run", check_run_json(state, found, run->second)}});
  });
}

void FakeGithub::person_deletes_comment(Id repository, Id comment, const std::string& login) {
  impl_->in(repository,
            [&](State& state, Repository& found) { delete_comment(state, found, comment, state.person(login)); });
}

Id FakeGithub::person_reviews(Id repository, std::int64_t number, const std::string& login, const std::string& event,
                              const std::string& body, const std::vector<NewComment>& comments) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    Issue& issue = pull_of(found, number);
    NewReview wanted{state.person(login), "COMMENTED", body, issue.pull->head_sha, {}};
    if (event != "COMMENT") wanted.state = event == "APPROVE" ? "APPROVED" : "CHANGES_REQUESTED";
    for (const auto& comment : comments) {
      Anchor anchor;
      anchor.path = comment.path;
      anchor.side = comment.side;
      anchor.line = comment.line;
      anchor.start_line = comment.start_line;
      if (comment.start_line != 0) anchor.start_side = comment.side;
      anchor.commit = wanted.commit;
      const auto fault = fault_of(found, issue, anchor);
      must(fault.empty(), fault);
      wanted.comments.emplace_back(anchor, comment.body);
    }
    return add_review(state, found, issue, wanted).id;
  });
}

Id FakeGithub::person_replies(Id repository, Id comment, const std::string& login, const std::string& body) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    return reply(state, found, fake::thread_of(found, comment), state.person(login), body).id;
  });
}

void FakeGithub::person_resolves(Id repository, Id comment, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    set_resolved(state, found, fake::thread_of(found, comment), state.person(login), true);
  });
}

void FakeGithub::person_unresolves(Id repository, Id comment, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    set_resolved(state, found, fake::thread_of(found, comment), state.person(login), false);
  });
}

void FakeGithub::person_reacts(Id repository, Id what, const std::string& login, const std::string& content) {
  impl_->in(repository, [&](State& state, Repository& found) {
    react(state, reactions_to(found, what), state.person(login), content);
  });
}

void FakeGithub::person_closes(Id repository, std::int64_t number, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    must(issue_of(found, number).open, "it is closed");
    close(state, found, issue_of(found, number), state.person(login), false);
  });
}

void FakeGithub::person_reopens(Id repository, std::int64_t number, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    Issue& issue = issue_of(found, number);
    must(!issue.open && !(issue.pull && issue.pull->merged), "it is open, or merged");
    reopen(state, found, issue, state.person(login));
  });
}

void FakeGithub::person_merges(Id repository, std::int64_t number, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    must(pull_of(found, number).open, "it is closed");
    close(state, found, pull_of(found, number), state.person(login), true);
  });
}

void FakeGithub::person_converts_to_draft(Id repository, std::int64_t number, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    set_draft(state, found, pull_of(found, number), state.person(login), true);
  });
}

void FakeGithub::person_readies(Id repository, std::int64_t number, const std::string& login) {
  impl_->in(repository, [&](State& state, Repository& found) {
    set_draft(state, found, pull_of(found, number), state.person(login), false);
  });
}

void FakeGithub::person_retitles(Id repository, std::int64_t number, const std::string& login,
                                 const std::string& title) {
  impl_->in(repository, [&](State& state, Repository& found) {
    Issue& issue = issue_of(found, number);
    edit_issue(state, found, issue, state.person(login), title, issue.body);
  });
}

void FakeGithub::person_retargets(Id repository, std::int64_t number, const std::string& login,
                                  const std::string& base_ref) {
  impl_->in(repository, [&](State& state, Repository& found) {
    must(found.branches.contains(base_ref), base_ref + " is no branch");
    retarget(state, found, pull_of(found, number), state.person(login), base_ref);
  });
}

void FakeGithub::person_labels(Id repository, std::int64_t number, const std::string& login, const std::string& name) {
  impl_->in(repository, [&](State& state, Repository& found) {
    label(state, found, issue_of(found, number), state.person(login), name);
  });
}

void FakeGithub::person_unlabels(Id repository, std::int64_t number, const std::string& login,
                                 const std::string& name) {
  impl_->in(repository, [&](State& state, Repository& found) {
    must(unlabel(state, found, issue_of(found, number), state.person(login), name), "it has no label " + name);
  });
}

}  // namespace greenroom::testing
