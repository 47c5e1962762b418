#pragma once
// A git host that answers as the test says: errors before and after the deed, stale lists.

#include <deque>
#include <functional>

#include "lib/hosts/host.h"
#include "lib/review/review.h"

namespace greenroom::bot {

class FakeHost final : public hosts::Host {
 public:
  enum class Answer { done, refused, away, lost_after_the_deed, gone };
  std::deque<Answer> answers;  // one per perform(); done once it is empty
  int stale_lists = 0;         // standing() shows nothing that often
  bool lists_nothing = false;  // repositories() fails
  std::vector<model::Effect> deeds;
  Result<ReadAccess> access = not_found("install the App there");

  std::vector<hosts::WriteLimit> limits;
  bool together = false;          // several threads in one write
  std::chrono::seconds quiet{0};  // how long it wants to be left alone

  std::int64_t account = 1;  // 0: could not be asked

  std::int64_t bot_account_id() const override { return account; }
  std::string bot_login() const override { return "greenroom"; }

  Result<Allowance> allowance(const model::Effect&) override { return Allowance{"fake", limits}; }
  bool goes_together(const model::Effect& effect) const override {
    return together && effect.kind == model::EffectKind::create_thread;
  }
  std::chrono::seconds silence() const override { return quiet; }

  Result<std::string> perform(const model::Effect& effect) override {
    const auto answer = answers.empty() ? Answer::done : answers.front();
    if (!answers.empty()) answers.pop_front();
    if (answer == Answer::refused) return rejected("line must be part of the diff");
    if (answer == Answer::away) return transient("connection refused");
    if (answer == Answer::gone) return not_found("no such comment");
    deeds.push_back(effect);
    if (answer == Answer::lost_after_the_deed) return in_doubt("the connection was lost");
    return std::to_string(deeds.size());
  }

  Result<std::vector<hosts::Standing>> standing(const model::Target&, const Secret& key) override {
    std::vector<hosts::Standing> found;
    if (stale_lists > 0) {
      --stale_lists;
      return found;
    }
    for (std::size_t i = 0; i < deeds.size(); ++i) {
      const auto slot = review::find_marker(deeds[i].body, key);
      if (slot) found.push_back({*slot, std::to_string(i + 1), deeds[i].body, false, false, false});
    }
    return found;
  }
  Result<hosts::Permission> permission(std::int64_t, std::int64_t) override { return hosts::Permission::read; }
  Result<ReadAccess> read_access(std::int64_t) override { return access; }
  Result<std::vector<Head>> open_heads(std::int64_t) override { return std::vector<Head>(); }
  Result<Deeds> deeds_since(std::int64_t, const std::string& cursor) override { return Deeds{{}, cursor, false}; }
  Result<std::vector<model::RepositoryFacts>> repositories() override {
    if (lists_nothing) return transient("connection refused");
    return std::vector<model::RepositoryFacts>();
  }
  Result<model::Event> describe(std::int64_t, std::int64_t) override { return not_found("no such change"); }
};

}  // namespace greenroom::bot
