#include "lib/work/worker.h"

#include "lib/work/attempt.h"
#include "lib/work/practice.h"

namespace greenroom::work {

std::string_view name_of(Ended ended) {
  switch (ended) {
    case Ended::finished: return "finished";
    case Ended::cancelled: return "cancelled";
    case Ended::lease_lost: return "lease_lost";
    case Ended::failed: return "failed";
    case Ended::given_back: return "given_back";
  }
  return "";
}

Worker::Worker(const Settings& settings, pg::Pool& db, redis::Options redis, SlotDirectory slot)
    : settings_(settings), db_(db), redis_(std::move(redis)), slot_(std::move(slot)) {}

Result<void> Worker::able() const { return enough_space(slot_.path(), settings_.least_free_bytes); }

Ended Worker::work(const model::Job& job, const std::function<bool()>& stopping) {
  return Attempt({settings_, db_, redis_, slot_}, job, stopping).run();
}

Ended Worker::work(const model::PracticeTry& lease, const std::function<bool()>& stopping) {
  return PracticeAttempt(settings_, db_, slot_, lease, stopping).run();
}

}  // namespace greenroom::work
