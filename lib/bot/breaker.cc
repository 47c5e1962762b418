#include "lib/bot/breaker.h"

#include <algorithm>

#include "lib/bot/jitter.h"

namespace greenroom::bot {

bool Breaker::failed(Time now) {
  ++failures_;
  if (failures_ < kFailures) return false;
  const auto longer = kShortest * (1 << std::min(failures_ - kFailures, 6));
  until_ = now + jittered(std::min<std::chrono::milliseconds>(longer, kLongest));
  return true;
}

}  // namespace greenroom::bot
