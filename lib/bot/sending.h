#pragma once
// Effects of one target against their host: what was tried before is looked for, what is out of date is left out, the
// rest is written, new threads together in one write. Nothing is recorded here. Inner to lib/bot.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/bot/effect_rows.h"
#include "lib/bot/settings.h"
#include "lib/bot/write_gate.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

inline constexpr int kMaxMisses = 2;  // searches that find nothing before a create is repeated

struct Sent {
  enum class Outcome { made, found, superseded, look_again, left };  // left: it was not its time; nothing was sent
  Outcome outcome = Outcome::made;
  std::string reference;
  std::string body;                      // as it stands there, without its marker
  std::optional<hosts::Standing> found;  // it stood already
};

class Sending {
 public:
  // `may_go_on`: whether there is time for another write under the lease.
  Sending(pg::Pool& pool, const Settings& settings, WriteGate* gate, const CrashPoint& crash_point,
          std::function<bool()> may_go_on)
      : pool_(pool), settings_(settings), gate_(gate), crash_point_(crash_point), may_go_on_(std::move(may_go_on)) {}

  // One answer for each, in their order. Errors: the host's, and the database's.
  std::vector<Result<Sent>> send(const std::vector<Claimed>& group, hosts::Host& host);

 private:
  struct Attempt {
    const Claimed* claimed = nullptr;
    model::Effect effect;  // as it is sent
    std::string body;      // without its marker
    std::optional<Result<Sent>> answer;
  };
  using Attempts = std::vector<Attempt*>;
  void look(std::vector<Attempt>& all, hosts::Host& host);
  void prepare(Attempt& attempt);
  Result<void> refresh(Attempt& attempt);
  Result<void> find_reference(model::Effect& effect);
  void write(const Attempts& them, hosts::Host& host);
  void write_each(const Attempts& them, hosts::Host& host);
  void made(const Attempts& them, const std::vector<std::string>& references);
  void failed(const Attempts& them, const Error& error, hosts::Host& host);

  pg::Pool& pool_;
  const Settings& settings_;
  WriteGate* gate_;
  const CrashPoint& crash_point_;
  std::function<bool()> may_go_on_;
};

bool makes_something(model::EffectKind kind);

}  // namespace greenroom::bot
