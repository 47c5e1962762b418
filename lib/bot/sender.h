#pragma once
// effect → host, recorded. The only part of Greenroom that writes to a git host. Exactly once (I2): an effect is leased
// before it is sent; one that may have been sent already is searched on the host by its marker before it is made again.

#include "lib/bot/sending.h"

namespace greenroom::bot {

inline constexpr int kMaxSends = 40;                    // then failed, and visible
inline constexpr int kMostTogether = 30;                // new threads in one write; hosts time out on many more
inline constexpr std::chrono::seconds kSendWithin{20};  // of the claim; the lease lasts 30

// One per thread. Without a gate no limit is kept but the host's own.
class Sender {
 public:
  Sender(pg::Pool& pool, HostSet& hosts, const Settings& settings, const Clock& clock, CrashPoint crash_point,
         WriteGate* gate = nullptr);

  // Sends the next effect that may be sent, with the new threads right behind it. What the host refuses is failed with
  // the host's words; what may pass is tried again with growing pauses. Errors: the database's.
  Result<Step> send_one();

 private:
  Result<void> settle(const Claimed& claimed, const Result<Sent>& answer);
  Result<void> record(const Claimed& claimed, const Sent& sent);
  Result<void> record_failure(const Claimed& claimed, const Error& error);
  Result<void> leave(const Claimed& claimed);
  enum class State { clean, in_doubt };
  Result<void> retry(const Claimed& claimed, State state, const std::string& error, int misses);
  Result<void> end(const Claimed& claimed, std::string_view state, const std::string& error, bool gone);

  pg::Pool& pool_;
  HostSet& hosts_;
  const Settings& settings_;
  const Clock& clock_;
  CrashPoint crash_point_;
  WriteGate* gate_;
};

}  // namespace greenroom::bot
