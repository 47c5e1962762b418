#include "bench/hosts/ground.h"

#include <stdexcept>

#include "lib/review/review.h"
#include "tests/support/fake_github/app_key.h"

namespace greenroom::bench {
namespace {

constexpr std::int64_t kRepository = 501;
const std::string kBase(40, 'b'), kHead(40, 'a');

testing::FakeGithubOptions fake_options(const Clock& clock) {
  testing::FakeGithubOptions options;
  options.app_public_key = testing::app_key().public_pem;
  options.clock = &clock;
  return options;
}

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "x = " + std::to_string(i) + "\n";
  return text;
}

std::string wanted_review() {
  model::WantedReview wanted;
  wanted.head_sha = kHead;
  wanted.summary = "### Next step: look at 30 notes\n";
  wanted.findings_known = true;
  for (int i = 1; i <= Ground::kFindings; ++i) {
    const auto name = "f" + std::to_string(i);
    wanted.threads.push_back({name, "flake8/F401", "src/a.py", i, 0, "**Note " + std::to_string(i) + "**"});
    wanted.live_fingerprints.push_back(name);
  }
  wanted.statuses.push_back({"greenroom/flake8", model::WantedStatus::State::neutral, "30 to look at", "/jobs/1"});
  return review::to_json(wanted);
}

}  // namespace

Ground::Ground() : github_(fake_options(clock_)) {
  settings_.marker_key = Secret("the marker key of this benchmark");
  github_.add_user("studio", 20);
  github_.add_user("maya", 21);
  github_.add_repository("studio", "pipeline", kRepository);
  github_.add_installation("studio");
  github_.add_commit(kRepository, "", {{"src/a.py", "x = 0\n"}}, kBase);
  github_.set_branch(kRepository, "main", kBase);
  github_.add_commit(kRepository, kBase, {{"src/a.py", lines(kFindings + 10)}}, kHead);
  open_changes();
  github_.limit_content_writes(80, 500);
}

void Ground::open_changes() {
  database_.script(
      "INSERT INTO repository (host, host_repository_id, full_name, default_branch) VALUES "
      "('github', 501, 'studio/pipeline', 'main');"
      "INSERT INTO person (host, host_account_id, login) VALUES ('github', 21, 'maya')");
  const pg::Query insert{
      "bench/change",
      "WITH made AS (INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, "
      "head_sha, base_sha, opened_at) SELECT repository.id, $1, person.id, 'A first change', 'first', "
      "'main', $2, $3, now() FROM repository, person RETURNING id) "
      "INSERT INTO review (change_id, trace_id, wanted, dirty_version, wanted_version) "
      "SELECT id, repeat('a', 32), $4, 1, 1 FROM made"};
  const auto wanted = wanted_review();
  for (int i = 0; i < kChanges; ++i) {
    testing::FakeGithub::NewPull pull;
    pull.head_sha = kHead;
    const auto number = github_.person_opens_pull(kRepository, "maya", pull);
    const auto rows = database_.connection().run(insert, {number, kHead, kBase, wanted});
    if (!rows) throw std::runtime_error(rows.error().describe());
  }
}

hosts::github::Options Ground::options() const {
  hosts::github::Options options;
  options.api_url = github_.url();
  options.app_id = testing::FakeGithubOptions().app_id;
  options.private_key = Secret(testing::app_key().private_pem);
  for (auto* limits : {&options.content_limits, &options.state_limits})
    for (auto& limit : *limits) limit.within /= kTimes;
  return options;
}

}  // namespace greenroom::bench
