#pragma once
// A host in memory for reconcile's tests: carries effects out, keeps a ledger, and lets people answer and resolve.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lib/review/review.h"

namespace greenroom::review {

class FakeHost {
 public:
  // Empty when the effects were lawful; else what was wrong with one of them.
  std::string perform(const std::vector<model::Effect>& effects, const model::WantedReview& wanted);
  void answer(std::size_t thread) { posted.threads.at(thread).answered = true; }
  void resolve_as_person(std::size_t thread) {
    posted.threads.at(thread).state = model::PostedThread::State::resolved_by_person;
  }

  model::PostedReview posted;
  std::set<std::string> keys;          // of every effect ever
  std::map<std::string, int> created;  // how often each slot was created
  int replies = 0;

 private:
  std::string perform_one(const model::Effect& effect, const model::WantedReview& wanted);
  model::PostedThread* thread(const std::string& host_ref);
};

}  // namespace greenroom::review
