#pragma once
// One review at a time of one account on one change. Gitea and Forgejo add the comments of a review one by one to the
// account's pending review and then submit that: two requests at once share it, and each publishes what the other has
// written so far.
//
// ProcessReviewLock holds within one process. Where several bots run, each gives the adapter a lock that all of them
// see: in Postgres a session's advisory lock does.

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <tuple>

#include "lib/base/error.h"
#include "lib/base/synchronized.h"

namespace greenroom::hosts::gitea {

struct ReviewPlace {
  std::int64_t account = 0, host_repository_id = 0, number = 0;
  auto operator<=>(const ReviewPlace&) const = default;
};

// Thread-safe.
class ReviewLock {
 public:
  class Held {  // ends with its object, on any thread
   public:
    virtual ~Held() = default;
  };
  virtual ~ReviewLock() = default;
  // Blocks until nobody else holds the place, for as long as the lock is patient. It is not recursive.
  // Errors: transient (somebody else kept it).
  virtual Result<std::unique_ptr<Held>> take(const ReviewPlace& place) = 0;
};

// Outlives what it gave out.
class ProcessReviewLock final : public ReviewLock {
 public:
  explicit ProcessReviewLock(std::chrono::milliseconds patience = std::chrono::seconds(30)) : patience_(patience) {}
  Result<std::unique_ptr<Held>> take(const ReviewPlace& place) override;

 private:
  std::chrono::milliseconds patience_;
  Synchronized<std::set<ReviewPlace>> taken_;
};

}  // namespace greenroom::hosts::gitea
