#pragma once
// What every git host's adapter must do, asked of each in the same words. A new host adds a Ground and an
// instantiation.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "lib/hosts/host.h"

namespace greenroom::testing {

// A host with one repository, one open change, one issue, the bot's account and one person.
class HostGround {
 public:
  virtual ~HostGround() = default;
  virtual hosts::Host& host() = 0;
  virtual model::Target change() = 0;
  virtual model::Target issue() = 0;
  virtual std::string head() = 0;
  virtual std::int64_t person() = 0;                                                              // may read
  virtual std::int64_t maintainer() = 0;                                                          // may write
  virtual std::string person_comments(const model::Target& target, const std::string& body) = 0;  // its reference
  virtual void person_replies(const std::string& thread, const std::string& body) = 0;
  virtual void person_resolves(const std::string& thread) = 0;
  virtual void person_reopens(const std::string& thread) = 0;
  virtual void person_deletes(const std::string& comment) = 0;
  virtual std::int64_t person_opens_issue() = 0;  // its number
  virtual void maintainer_labels(std::int64_t issue, const std::string& label) = 0;
  virtual void maintainer_unlabels(std::int64_t issue, const std::string& label) = 0;
  virtual void person_closes_issue(std::int64_t issue) = 0;
  // Where the thread stands: first and last line; 0 as the first for a single line.
  virtual std::pair<int, int> anchor_of(const std::string& thread) = 0;
  // What not every host has: a thread on a range stands on its last line alone, and nothing tells when somebody settled
  // a thread, only that one did.
  virtual bool has_ranges() { return true; }
  virtual bool tells_of_threads() { return true; }
  // The semantic key of the webhook of what a person did last.
  virtual std::string meaning_of_last_webhook() = 0;
  // Deeds that changed something on the host, so far.
  virtual int deeds() = 0;
};

using MakeGround = std::function<std::unique_ptr<HostGround>()>;

class HostContract : public ::testing::TestWithParam<MakeGround> {
 protected:
  HostContract() : ground_(GetParam()()) {}
  hosts::Host& host() { return ground_->host(); }
  model::Effect effect(model::EffectKind kind, const std::string& slot = "");
  model::Effect comment(const std::string& slot = "summary", const std::string& words = "Words");
  model::Effect thread(const std::string& fingerprint = "f1");
  std::string perform(const model::Effect& effect);  // fails the test on an error
  std::vector<hosts::Standing> standing();
  hosts::Host::Deeds deeds_since(const std::string& cursor);
  std::vector<std::string> kinds_of(const hosts::Host::Deeds& deeds);  // as the ingress reads them

  std::unique_ptr<HostGround> ground_;
  const Secret key_{"the key of the contract"};
  int made_ = 0;
};

}  // namespace greenroom::testing
