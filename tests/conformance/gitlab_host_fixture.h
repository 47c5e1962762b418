#pragma once
// What the tests of GitLab's adapter have in common: one effect of each kind, and faults of the host.

#include <gtest/gtest.h>

#include "lib/review/review.h"
#include "tests/conformance/gitlab_ground.h"

namespace greenroom::testing {

class GitlabHostTest : public ::testing::Test {
 protected:
  static constexpr auto kProject = GitlabGround::kProject;

  model::Effect effect(model::EffectKind kind, const std::string& slot = "summary") {
    model::Effect one;
    one.target = ground.change();
    one.kind = kind;
    one.slot = slot;
    one.head_sha = ground.head();
    one.body = review::with_marker("Words", slot, key);
    return one;
  }
  model::Effect status(const std::string& value, const std::string& words = "2 findings") {
    auto one = effect(model::EffectKind::set_status, "status/greenroom/flake8");
    one.name = "greenroom/flake8";
    one.value = value;
    one.description = words;
    one.details_path = "/jobs/1";
    return one;
  }
  model::Effect thread(int line, int start_line = 0, const std::string& path = "src/a.py") {
    auto one = effect(model::EffectKind::create_thread, "thread/f1");
    one.path = path;
    one.line = line;
    one.start_line = start_line;
    return one;
  }
  Result<std::string> perform(const model::Effect& one) { return ground.host().perform(one); }
  std::string made(const model::Effect& one) {
    const auto reference = perform(one);
    EXPECT_TRUE(reference) << reference.error().describe();
    return reference.value_or("");
  }
  Error error_of(const model::Effect& one) {
    const auto done = perform(one);
    return done ? Error{ErrorKind::bug, "it was done", {}} : done.error();
  }
  void fault(gitlab::Fault::What what, const std::string& method, const std::string& path) {
    gitlab::Fault one;
    one.what = what;
    one.method = method;
    one.path = path;
    ground.gitlab().inject(one);
  }
  gitlab::Position position_of(const std::string& thread) {
    return ground.gitlab().first_note(kProject, thread).position.value();
  }
  std::vector<hosts::Standing> standing() { return ground.host().standing(ground.change(), key).value(); }
  hosts::Host::Deeds deeds_since(const std::string& cursor) {
    return ground.host().deeds_since(kProject, cursor).value();
  }
  // Another change of main, whose files are these.
  void open_change(const std::string& head, const gitlab::Files& files, bool from_fork = false,
                   const std::map<std::string, std::string>& old_paths = {}) {
    ground.gitlab().add_commit(kProject, head, std::string(40, 'b'), files);
    FakeGitlab::NewChange change;
    change.head_sha = head;
    change.source_branch = "second";
    change.from_fork = from_fork;
    change.old_paths = old_paths;
    second = ground.gitlab().person_opens_change(kProject, "maya", change);
  }
  model::Effect on_second(model::Effect one, const std::string& head) {
    one.target.number = second;
    one.head_sha = head;
    return one;
  }

  GitlabGround ground;
  const Secret key{"the key"};
  std::int64_t second = 0;
};

}  // namespace greenroom::testing
