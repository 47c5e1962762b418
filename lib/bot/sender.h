#pragma once
// effect → host, recorded. The only part of Greenroom that writes to a git host. Exactly once (I2): an effect is leased
// before it is sent; one that may have been sent already is searched on the host by its marker before it is made again.

#include "lib/bot/effect_rows.h"
#include "lib/bot/settings.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

inline constexpr int kMaxSends = 40;                    // then failed, and visible
inline constexpr int kMaxMisses = 2;                    // searches that find nothing before a create is repeated
inline constexpr std::chrono::seconds kSendWithin{20};  // of the claim; the lease lasts 30

// One per thread.
class Sender {
 public:
  Sender(pg::Pool& pool, HostSet& hosts, const Settings& settings, const Clock& clock, CrashPoint crash_point);

  // Sends the oldest effect that may be sent. What the host refuses is failed with the host's words; what may pass is
  // tried again with growing pauses. Errors: the database's.
  Result<Step> send_one();

 private:
  enum class Outcome { made, found, superseded, look_again };
  struct Sent {
    Outcome outcome = Outcome::made;
    std::string reference;
    std::optional<hosts::Standing> found;  // it stood already
  };
  Result<Sent> send(Claimed& claimed, hosts::Host& host);
  Result<std::optional<hosts::Standing>> search(const Claimed& claimed, hosts::Host& host);
  Result<void> prepare(model::Effect& effect);
  Result<void> record(const Claimed& claimed, const Sent& sent);
  Result<void> record_failure(const Claimed& claimed, const Error& error);
  enum class State { clean, in_doubt };
  Result<void> retry(const Claimed& claimed, State state, const std::string& error, int misses);
  Result<void> end(const Claimed& claimed, std::string_view state, const std::string& error, bool gone);

  pg::Pool& pool_;
  HostSet& hosts_;
  const Settings& settings_;
  const Clock& clock_;
  CrashPoint crash_point_;
};

}  // namespace greenroom::bot
