#pragma once
// How much may still be written to a git host, for all bots together: token buckets in Redis, by Redis's clock. A limit
// of N in any span W is kept by a bucket that holds N / 5 and gets back 3/4 N in each W: no span of that length sees
// more than 19/20 N. The last twentieth is for what arrives later than it was sent.

#include <chrono>
#include <string>
#include <vector>

#include "lib/hosts/limits.h"
#include "lib/model/effect.h"
#include "lib/redis/redis.h"

namespace greenroom::bot {

// One per thread.
class WriteBudget {
 public:
  using Milliseconds = std::chrono::milliseconds;

  explicit WriteBudget(const redis::Options& options) : redis_(options) {}

  // Takes one write of the account when each of its buckets has one for such urgency: answers to people may use the
  // last one, the rest leaves some for them. 0: it may be written now; else how long to wait. Errors: Redis's.
  Result<Milliseconds> take(const std::string& account, const std::vector<hosts::WriteLimit>& limits,
                            model::Urgency urgency);
  // Nobody writes for that account until then: its host asked for it.
  Result<void> keep_silent(const std::string& account, Milliseconds span);

 private:
  redis::Client redis_;
};

// What a bucket for the limit holds at most, and gets back in a second.
struct Bucket {
  double capacity = 1, per_second = 0;
};
Bucket bucket_of(const hosts::WriteLimit& limit);
// How much of a bucket is left alone by what is so urgent: from 0 to 1.
double reserve_of(model::Urgency urgency);

}  // namespace greenroom::bot
