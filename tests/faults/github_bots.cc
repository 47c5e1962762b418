#include "tests/faults/github_bots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <stdexcept>

#include "lib/bot/effect_rows.h"
#include "lib/review/review.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using fake::Fault;
using model::EffectKind;

const std::string kHead(40, 'a');
const std::string kMarkerKey = "a-key";

FakeGithubOptions options() {
  FakeGithubOptions options;
  options.app_public_key = app_key().public_pem;
  return options;
}

// Without a limit of what may be written: thirty deaths take more than it gives at once.
std::string configuration(const FakeGithub& github, const TestRedis& redis, BotGround& bots) {
  const auto key = std::regex_replace(app_key().private_pem, std::regex("\n"), "\\n");
  return "state: {directory: \"" + bots.directory() + "\"}\n" + "database: {conninfo: \"" + bots.database().conninfo() +
         "\"}\n" + "templates: {directory: \"" GREENROOM_SOURCE_DIR "/templates\"}\n" + "redis: {socket: \"" +
         redis.options().unix_socket + "\"}\n" + "dashboard: {url: \"https://greenroom.example\"}\n" +
         "bot: {marker_key: " + kMarkerKey + ", poll_seconds: 3600}\n" + "github: {api_url: \"" + github.url() +
         "\", app_id: " + std::to_string(FakeGithubOptions().app_id) + ", private_key: \"" + key +
         "\", writes_per_minute: 0, writes_per_hour: 0}\n";
}

// Which request of the host makes this effect true.
Fault request_of(const model::Effect& effect) {
  Fault fault;
  fault.what = Fault::What::act_then_hold;
  fault.method = "POST";
  switch (effect.kind) {
    case EffectKind::create_comment: fault.path = "/repos/*/issues/*/comments"; break;
    case EffectKind::create_thread: fault.path = "/repos/*/pulls/*s"; break;  // comments, or a review's
    case EffectKind::reply_thread: fault.path = "/repos/*/pulls/*/replies"; break;
    case EffectKind::set_status: fault.path = "/repos/*/check-runs"; break;
    case EffectKind::add_label: fault.path = "/repos/*/issues/*/labels"; break;
    case EffectKind::react: fault.path = "/repos/*/reactions"; break;
    case EffectKind::resolve_thread: fault.operation = "resolveReviewThread"; break;
    case EffectKind::edit_comment:
      fault.method = "PATCH";
      fault.path = "/repos/*/issues/comments/*";
      break;
    default: throw std::logic_error("no such effect here");
  }
  return fault;
}

}  // namespace

GithubBots::GithubBots() : github_(options()) {
  github_.add_user("studio", 20);
  github_.add_user("maya", 21);
  github_.add_repository("studio", "pipeline", kRepository);
  github_.add_installation("studio");
  const auto base = github_.add_commit(kRepository, "", {{"src/a.py", "one\n"}}, std::string(40, 'b'));
  github_.set_branch(kRepository, "main", base);
  FakeGithub::NewPull pull;
  pull.head_sha = github_.add_commit(kRepository, base, {{"src/a.py", "1\n2\n3\n4\n"}}, kHead);
  change_ = github_.person_opens_pull(kRepository, "maya", pull);
  issue_ = github_.person_opens_issue(kRepository, "maya", "Add a frame range");
  std::ofstream(bots_.directory() + "/github.yml") << configuration(github_, redis_, bots_);
  start();
  const char* begun =
      "SELECT EXISTS (SELECT FROM posted WHERE slot = 'summary') AND EXISTS (SELECT FROM poll_cursor) AS answer";
  if (!wait_until([&] { return answer(begun) == "t"; }) || !settles())
    throw std::runtime_error("the first review never stood: " + bots_.log_of(*bot_));
  kill();
  repository_ = std::stoll(answer("SELECT id AS answer FROM repository WHERE host = 'github'"));
  writes_before_ = writes();
}

void GithubBots::start(const std::string& crash_at) {
  const auto ready = bots_.directory() + "/run/bot.ready";
  bot_ = bots_.start(crash_at, "github.yml");
  if (!wait_until([&] { return std::filesystem::exists(ready) || !bot_->running(); }))
    throw std::runtime_error("the bot does not start: " + bots_.log_of(*bot_));
}

void GithubBots::kill() {
  bot_->signal(SIGKILL);
  EXPECT_TRUE(dies());
}

bool GithubBots::dies() {
  if (!BotGround::was_killed(*bot_)) return false;
  github_.release();
  return bots_.end_leases_of_the_dead();
}

std::int64_t GithubBots::thread_of_maya(const std::string& body) {
  github_.person_reviews(kRepository, change_, "maya", "COMMENT", "", {{"src/a.py", 1 + made_ % 4, body}});
  return github_.comments(kRepository, change_).back().id;
}

model::Effect GithubBots::next_effect() {
  constexpr std::array kKinds{EffectKind::create_comment, EffectKind::create_thread, EffectKind::reply_thread,
                              EffectKind::edit_comment,   EffectKind::set_status,    EffectKind::add_label,
                              EffectKind::resolve_thread, EffectKind::react};
  return next_effect(kKinds[static_cast<std::size_t>(made_) % kKinds.size()]);
}

model::Effect GithubBots::next_effect(EffectKind kind) {
  const auto number = std::to_string(++made_);
  model::Effect effect;
  effect.kind = kind;
  effect.target = {model::RepositoryId{repository_}, "github", kRepository, model::Target::Kind::change, change_};
  effect.trace.hex = std::string(32, '0');
  effect.body = "Words " + number;
  effect.head_sha = kHead;
  effect.slot = "say/" + number;
  switch (kind) {
    case EffectKind::create_comment:
      if (made_ % 2 == 0)
        effect.target = {effect.target.repository, "github", kRepository, model::Target::Kind::issue, issue_};
      break;
    case EffectKind::create_thread:
      effect.slot = "thread/f" + number;
      effect.name = "f" + number;
      effect.value = "flake8/F401";
      effect.path = "src/a.py";
      effect.line = 1 + made_ % 4;
      break;
    case EffectKind::reply_thread: effect.host_ref = std::to_string(thread_of_maya("A question " + number)); break;
    case EffectKind::edit_comment:
      effect.slot = "summary";
      effect.host_ref = answer("SELECT host_ref AS answer FROM posted WHERE slot = 'summary'");
      break;
    case EffectKind::set_status:
      effect.slot = "status/greenroom/" + number;
      effect.name = "greenroom/" + number;
      effect.value = "success";
      effect.description = "nothing to look at";
      break;
    case EffectKind::add_label: effect.name = "label " + number; break;
    case EffectKind::resolve_thread: effect.host_ref = std::to_string(thread_of_maya("A note " + number)); break;
    case EffectKind::react:
      effect.host_ref = std::to_string(github_.person_comments(kRepository, change_, "maya", "Thanks " + number));
      effect.name = "eyes";
      break;
    default: throw std::logic_error("no such effect here");
  }
  effect.key = bot::key_prefix(effect.target) + "test/" + number;
  return effect;
}

void GithubBots::want(const std::vector<model::Effect>& effects) {
  for (const auto& effect : effects) {
    const auto inserted = bot::insert_effect(bots_.database().connection(), effect.trace, effect);
    if (!inserted) throw std::runtime_error(inserted.error().describe());
    const bool made = effect.kind == EffectKind::create_comment || effect.kind == EffectKind::create_thread ||
                      effect.kind == EffectKind::reply_thread;
    if (made) slots_.push_back(effect.slot);
    ++wanted_;
  }
  bots_.database().script("SELECT pg_notify('greenroom_review', '')");
}

void GithubBots::hold_answer_to(const model::Effect& effect) { github_.inject(request_of(effect)); }

void GithubBots::hold_next_read(const std::string& path) {
  Fault fault;
  fault.what = Fault::What::act_then_hold;
  fault.method = "GET";
  fault.path = path;
  github_.inject(fault);
}

void GithubBots::ask_unheard() {
  github_.answer_webhooks_with(0);
  const auto comment = github_.person_comments(kRepository, issue_, "maya", "/help");
  slots_.push_back("say/help/" + std::to_string(comment));
  ++wanted_;
  ++asked_;
}

bool GithubBots::answers_stand() {
  return wait_until([&] {
    return answer("SELECT count(*) AS answer FROM effect WHERE slot LIKE 'say/help/%'") == std::to_string(asked_);
  });
}

bool GithubBots::holds() const {
  return wait_until([&] { return github_.held() > 0; });
}

bool GithubBots::settles_by_itself() {
  return wait_until(
      [&] {
        return answer("SELECT count(*) AS answer FROM effect WHERE state IN ('pending', 'sending', 'in_doubt')") == "0";
      },
      std::chrono::seconds(45));
}

int GithubBots::writes() const {
  const auto ledger = github_.ledger();
  return static_cast<int>(std::ranges::count_if(ledger, [](const auto& write) { return write.who != "app"; }));
}

void GithubBots::expect_each_once() {
  EXPECT_EQ(answer("SELECT coalesce(string_agg(key || ' ' || state || ' ' || coalesce(error, ''), ', '), '') AS answer "
                   "FROM effect WHERE state <> 'done'"),
            "");
  EXPECT_EQ(writes(), writes_before_ + wanted_) << "each is one write, and nothing else was written";
  std::vector<std::string> standing;
  for (const auto number : {change_, issue_}) {
    for (const auto& comment : github_.comments(kRepository, number))
      standing.push_back(review::find_marker(comment.body, Secret(kMarkerKey)).value_or(""));
  }
  for (const auto& slot : slots_) EXPECT_EQ(std::ranges::count(standing, slot), 1) << slot;
  EXPECT_EQ(github_.unknown_routes(), std::vector<std::string>());
}

}  // namespace greenroom::testing
