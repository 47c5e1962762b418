#pragma once
// The bot's rooms over a real database and the real practice host, without processes: deliveries go in, rows and the
// host's ledger come out.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/bot/intake.h"
#include "lib/bot/planner.h"
#include "lib/bot/sender.h"
#include "lib/bot/timers.h"
#include "lib/model/event.h"
#include "lib/model/review.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_database.h"

namespace greenroom::bot {

inline const std::string kFirstHead(40, 'a');
inline const std::string kSecondHead(40, 'c');

class BotTest : public ::testing::Test {
 protected:
  BotTest();

  // People and things on the practice host, made once for each test: repository 1, change 1 by Maya, issue 2.
  static constexpr std::int64_t kBot = 1, kMaya = 2, kBen = 3, kRosa = 4;
  model::Event change_event(model::EventKind kind = model::EventKind::change_opened,
                            const std::string& head = kFirstHead);
  model::Event comment_event(const std::string& body, std::int64_t author = kMaya);
  model::Event issue_comment_event(const std::string& body, std::int64_t author = kBen);
  model::Account account(std::int64_t id) const;
  void tick();  // the next event is a second later

  // Stores the event as a verified delivery; returns the row's id.
  std::int64_t deliver(const model::Event& event);
  std::int64_t deliver_body(const std::string& body, const std::string& host = "local");
  void take_all();  // intake until nothing waits
  void happen(const model::Event& event) {
    deliver(event);
    take_all();
  }

  // The composer's result, set by hand.
  void want(const model::WantedReview& wanted);
  model::WantedReview review_with_thread(const std::string& fingerprint = "f1", const std::string& head = kFirstHead);
  // Plans and sends until nothing is left that may go now. Dies with Crash at the named point, once.
  void post_all(const std::string& crash_at = "");
  void end_leases();  // as if half a minute had passed in the database

  std::string answer(const std::string& sql) { return database_.answer(sql); }
  std::vector<std::string> ledger();  // "create_comment", in order

  struct Crash {};
  CrashPoint dying_at(std::string name);

  testing::TestDatabase database_;
  testing::FakeClock clock_;
  pg::Pool pool_;
  Settings settings_;
  HostSet hosts_;
  std::vector<model::JobId> announced_;
  TimePoint host_time_;
};

}  // namespace greenroom::bot
