// The explicit list of behaviours, in the order in which they are asked.

#include "lib/bot/behaviour.h"
#include "lib/bot/behaviours/approval/approval.h"
#include "lib/bot/behaviours/buddy/buddy.h"
#include "lib/bot/behaviours/good_first_issue/good_first_issue.h"
#include "lib/bot/behaviours/help/help.h"
#include "lib/bot/behaviours/review/review.h"
#include "lib/bot/behaviours/welcome/welcome.h"

namespace greenroom::bot {

const std::vector<Behaviour>& all_behaviours() {
  static const std::vector<Behaviour> all{
      behaviours::review(), behaviours::approval(),         behaviours::welcome(),
      behaviours::buddy(),  behaviours::good_first_issue(), behaviours::help(),
  };
  return all;
}

std::vector<Decided> decide_all(const model::Event& event, const Context& context) {
  std::vector<Decided> all;
  for (const auto& behaviour : all_behaviours()) {
    auto decisions = behaviour.decide(event, context);
    if (!decisions.empty()) all.push_back({behaviour.name, std::move(decisions)});
  }
  return all;
}

}  // namespace greenroom::bot
