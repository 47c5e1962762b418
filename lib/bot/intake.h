#pragma once
// delivery → event → applied, in one transaction that also ends the delivery (I1).

#include <functional>

#include "lib/bot/apply.h"
#include "lib/bot/settings.h"

namespace greenroom::bot {

inline constexpr int kMaxDeliveryAttempts = 5;

// One per thread.
class Intake {
 public:
  // `announce` is called after the commit for each queued job; losing it is harmless.
  Intake(pg::Pool& pool, HostSet& hosts, const Settings& settings, const Clock& clock,
         std::function<void(model::JobId)> announce, CrashPoint crash_point);

  // Takes the oldest waiting delivery. A delivery that cannot be read is failed with its reason; one over which five
  // bots died too; when host or database are away it waits and tries again, for ever.
  // Errors: the database's.
  Result<Step> take_one();

  // An event that no delivery brought: found by polling.
  Result<void> take_event(const model::Event& event);

 private:
  struct Taken {
    model::Delivery delivery;
    int attempts = 0;
    std::int64_t lease_epoch = 0;
  };
  struct Prepared {
    Asking asking;
    std::optional<model::Event> introduction;  // of a change that no event has shown yet
  };
  Result<std::optional<Taken>> claim();
  Result<void> handle(const Taken& taken);
  Result<void> ask_whom_to_trust(const model::Event& event, hosts::Host& host, Asking& asking);
  Result<bool> find_change(model::Event& event);
  Result<void> complete(model::Event& event);
  Result<Prepared> prepare(const model::Event& event);
  Result<void> commit(const Taken& taken, const model::Event& event);
  Result<void> settle(const Taken& taken, std::string_view state, const std::optional<std::string>& error);
  Result<void> put_off(const Taken& taken, const Error& error);

  pg::Pool& pool_;
  HostSet& hosts_;
  const Settings& settings_;
  const Clock& clock_;
  std::function<void(model::JobId)> announce_;
  CrashPoint crash_point_;
};

}  // namespace greenroom::bot
