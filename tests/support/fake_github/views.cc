// What a test reads: copies, taken under the lock.

#include <algorithm>
#include <stdexcept>

#include "tests/support/fake_github/impl.h"

namespace greenroom::testing {

using namespace fake;  // this file is the outside of that namespace

namespace {

template <class Values, class Wanted>
auto chosen(const Values& values, Wanted wanted) {
  std::vector<typename Values::mapped_type> all;
  for (const auto& [id, value] : values)
    if (wanted(value)) all.push_back(value);
  return all;
}

}  // namespace

std::vector<Write> FakeGithub::ledger() const {
  return impl_->state.with([](const State& state) { return state.ledger; });
}

std::vector<Asked> FakeGithub::requests() const {
  return impl_->state.with([](const State& state) { return state.requests; });
}

std::vector<std::string> FakeGithub::unknown_routes() const {
  return impl_->state.with([](const State& state) { return state.unknown_routes; });
}

std::vector<Comment> FakeGithub::comments(Id repository, std::int64_t number) const {
  return impl_->in(repository, [&](State&, Repository& found) {
    return chosen(found.comments, [&](const Comment& one) { return one.number == number; });
  });
}

Comment FakeGithub::comment(Id repository, Id comment) const {
  return impl_->in(repository, [&](State&, Repository& found) -> Comment { return comment_of(found, comment); });
}

std::vector<Review> FakeGithub::reviews(Id repository, std::int64_t number) const {
  return impl_->in(repository, [&](State&, Repository& found) {
    return chosen(found.reviews, [&](const Review& one) { return one.number == number; });
  });
}

std::vector<Thread> FakeGithub::review_threads(Id repository, std::int64_t number) const {
  return impl_->in(repository, [&](State&, Repository& found) {
    return chosen(found.threads, [&](const Thread& one) { return one.number == number; });
  });
}

Thread FakeGithub::thread_of(Id repository, Id comment) const {
  return impl_->in(repository, [&](State&, Repository& found) -> Thread { return fake::thread_of(found, comment); });
}

std::vector<Status> FakeGithub::statuses(Id repository, const std::string& sha) const {
  return impl_->in(repository, [&](State&, Repository& found) {
    std::vector<Status> all;
    std::copy_if(found.statuses.begin(), found.statuses.end(), std::back_inserter(all),
                 [&](const Status& one) { return one.sha == sha; });
    return all;
  });
}

std::vector<CheckRun> FakeGithub::check_runs(Id repository, const std::string& sha) const {
  return impl_->in(repository, [&](State&, Repository& found) {
    return chosen(found.check_runs, [&](const CheckRun& one) { return one.sha == sha; });
  });
}

std::vector<Reaction> FakeGithub::reactions(Id repository, Id what) const {
  return impl_->in(repository, [&](State&, Repository& found) { return reactions_to(found, what); });
}

Issue FakeGithub::issue(Id repository, std::int64_t number) const {
  return impl_->in(repository, [&](State&, Repository& found) -> Issue { return issue_of(found, number); });
}

std::vector<std::string> FakeGithub::labels(Id repository, std::int64_t number) const {
  return issue(repository, number).labels;
}

}  // namespace greenroom::testing
