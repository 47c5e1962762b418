#include "lib/hosts/gitea/review_lock.h"

namespace greenroom::hosts::gitea {
namespace {

using Places = Synchronized<std::set<ReviewPlace>>;

class HeldPlace final : public ReviewLock::Held {
 public:
  HeldPlace(Places& taken, const ReviewPlace& place) : taken_(taken), place_(place) {}
  ~HeldPlace() override {
    taken_.update([this](auto& places) { places.erase(place_); });
  }
  HeldPlace(const HeldPlace&) = delete;
  HeldPlace& operator=(const HeldPlace&) = delete;

 private:
  Places& taken_;
  ReviewPlace place_;
};

}  // namespace

Result<std::unique_ptr<ReviewLock::Held>> ProcessReviewLock::take(const ReviewPlace& place) {
  // Whoever finds it free has it: both happen under the lock of the set.
  const bool mine = taken_.wait_for(patience_, [&](auto& places) { return places.insert(place).second; });
  if (!mine) return transient("another review of this account is being written on the change");
  return std::make_unique<HeldPlace>(taken_, place);
}

}  // namespace greenroom::hosts::gitea
