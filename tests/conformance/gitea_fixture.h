#pragma once
// Effects for a Gitea and a Forgejo, and what came of them: for the tests of both flavours.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/review/review.h"
#include "tests/conformance/gitea_ground.h"

namespace greenroom::testing {

class GiteaFixture : public ::testing::TestWithParam<gitea::Flavour> {
 protected:
  model::Effect effect(model::EffectKind kind, const std::string& slot = "summary",
                       const std::string& words = "Words") {
    model::Effect one;
    one.target = ground.change();
    one.kind = kind;
    one.slot = slot;
    one.head_sha = ground.head();
    one.body = review::with_marker(words, slot, key);
    return one;
  }
  model::Effect thread(int line = 3, const std::string& slot = "thread/f1") {
    auto one = effect(model::EffectKind::create_thread, slot);
    one.path = "src/a.py";
    one.line = line;
    return one;
  }
  model::Effect about(model::EffectKind kind, const std::string& reference, const std::string& words = "Words") {
    auto one = effect(kind, "thread/f1", words);
    one.host_ref = reference;
    return one;
  }
  std::string done(const model::Effect& one) {
    const auto reference = ground.host().perform(one);
    EXPECT_TRUE(reference) << reference.error().describe();
    return reference.value_or("");
  }
  Error error_of(const model::Effect& one) {
    const auto reference = ground.host().perform(one);
    return reference ? Error{ErrorKind::bug, "it was done", {}} : reference.error();
  }
  void fail_next(gitea::Fault::What what, const std::string& path, int status = 502,
                 const std::string& method = "POST") {
    gitea::Fault fault;
    fault.what = what;
    fault.method = method;
    fault.path = path;
    fault.status = status;
    ground.gitea().inject(fault);
  }
  std::vector<hosts::Standing> standing() {
    const auto found = ground.host().standing(ground.change(), key);
    EXPECT_TRUE(found) << found.error().describe();
    return found.value_or(std::vector<hosts::Standing>());
  }
  std::vector<std::string> states_of_reviews() {
    std::vector<std::string> states;
    for (const auto& review : ground.gitea().reviews(GiteaGround::kRepository, ground.change().number))
      states.push_back(review.state);
    return states;
  }
  bool forgejo() const { return GetParam() == gitea::Flavour::forgejo; }

  GiteaGround ground{GetParam()};
  const Secret key{"the key"};
};

inline std::string flavour_name(const ::testing::TestParamInfo<gitea::Flavour>& info) {
  return info.param == gitea::Flavour::gitea ? "Gitea" : "Forgejo";
}

}  // namespace greenroom::testing
