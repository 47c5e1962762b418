#include "lib/bot/write_gate.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/bot/jitter.h"

namespace greenroom::bot {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kRedisAway{5};
constexpr int kSlower = 4;  // than the limit allows, for a worker that does not know what the others write

milliseconds pace_of(const std::vector<hosts::WriteLimit>& limits) {
  milliseconds slowest{0};
  for (const auto& limit : limits) slowest = std::max(slowest, limit.within * kSlower / std::max(1, limit.count));
  return slowest;
}

}  // namespace

Excluded WriteGate::closed() const {
  const auto now = clock_.steady();
  Excluded excluded;
  for (const auto& [host, breaker] : breakers_)
    if (breaker.is_open(now)) excluded.hosts.push_back(host);
  for (const auto& [what, until] : pauses_) {
    if (now >= until) continue;
    for (const auto repository : accounts_.at(what.first))
      excluded.used_up.push_back({model::RepositoryId{repository}, what.second});
  }
  return excluded;
}

bool WriteGate::take(const model::Effect& effect, hosts::Host& host) {
  const auto allowance = host.allowance(effect);
  // Why the host cannot be asked comes out when the effect is done.
  if (!allowance) return true;
  accounts_[allowance->account].insert(effect.target.repository.value);
  if (allowance->limits.empty()) return true;
  const auto wait = ask(*allowance, effect.urgency);
  if (wait.count() > 0) pause(allowance->account, effect.urgency, wait);
  return wait.count() == 0;
}

// Without Redis nobody knows what the others write: each worker goes on, slowly.
std::chrono::milliseconds WriteGate::ask(const hosts::Host::Allowance& allowance, model::Urgency urgency) {
  const auto now = clock_.steady();
  if (now >= ask_redis_at_) {
    const auto wait = budget_.take(allowance.account, allowance.limits, urgency);
    if (wait) return *wait;
    log::warn("redis.away", {{"error", wait.error()}});
    ask_redis_at_ = now + kRedisAway;
  }
  auto& next = paces_[allowance.account];
  if (now < next) return std::chrono::ceil<milliseconds>(next - now);
  next = now + pace_of(allowance.limits);
  return milliseconds(0);
}

bool WriteGate::failed(const model::Effect& effect, hosts::Host& host, const Error& error) {
  const bool away = error.kind == ErrorKind::transient || error.kind == ErrorKind::in_doubt;
  if (!away) {
    answered(effect.target.host);
    return false;
  }
  if (const auto silence = milliseconds(host.silence()); silence.count() > 0 && error.kind == ErrorKind::transient) {
    const auto allowance = host.allowance(effect);
    if (!allowance) return false;
    if (!allowance->limits.empty()) (void)budget_.keep_silent(allowance->account, silence);  // or the host says it
    accounts_[allowance->account].insert(effect.target.repository.value);
    pause(allowance->account, model::Urgency::reply, silence);
    return true;
  }
  const bool opened = breakers_[effect.target.host].failed(clock_.steady());
  if (opened) log::warn("host.left_alone", {{"host", effect.target.host}, {"error", error}});
  return opened && error.kind == ErrorKind::transient;
}

void WriteGate::pause(const std::string& account, model::Urgency from, milliseconds span) {
  const auto now = clock_.steady();
  std::erase_if(pauses_, [now](const auto& pause) { return pause.second <= now; });
  pauses_[{account, from}] = now + jittered(span);
}

}  // namespace greenroom::bot
