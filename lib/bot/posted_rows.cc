#include "lib/bot/posted_rows.h"

#include <array>
#include <nlohmann/json.hpp>

#include "lib/base/hash.h"
#include "lib/json/json.h"
#include "lib/pg/query.h"
#include "lib/review/status_name.h"

namespace greenroom::bot {
namespace {

using model::Effect;
using model::EffectKind;
using ThreadState = model::PostedThread::State;

constexpr std::string_view kThread = "thread/";
constexpr std::string_view kStatus = "status/";

std::string_view kind_of(const Effect& effect) {
  return effect.target.kind == model::Target::Kind::change ? "change" : "issue";
}

ThreadState state_named(const std::string& name) {
  if (name == "resolved_by_person") return ThreadState::resolved_by_person;
  return name == "resolved_by_bot" ? ThreadState::resolved_by_bot : ThreadState::open;
}

model::PostedThread thread_in(const pg::Row& row, const json::Value& detail) {
  model::PostedThread thread;
  thread.fingerprint = row.text("slot").substr(kThread.size());
  thread.lesson = json::text(detail, "lesson");
  thread.host_ref = row.text("host_ref");
  thread.path = json::text(detail, "path");
  thread.line = static_cast<int>(json::integer(detail, "line"));
  thread.state = state_named(row.text("state"));
  thread.answered = row.boolean("answered");
  thread.head_sha = json::text(detail, "head_sha");
  return thread;
}

model::WantedStatus status_in(const pg::Row& row, const json::Value& detail) {
  model::WantedStatus status;
  status.context = row.text("slot").substr(kStatus.size());
  status.state = review::status_state_named(json::text(detail, "state")).value_or(model::WantedStatus::State::error);
  status.description = json::text(detail, "description");
  status.details_path = json::text(detail, "details_path");
  return status;
}

json::Value detail_of(const Effect& effect) {
  if (effect.kind == EffectKind::create_thread) {
    return {{"lesson", effect.value}, {"path", effect.path}, {"line", effect.line}, {"head_sha", effect.head_sha}};
  }
  if (effect.kind != EffectKind::set_status) return json::Value::object();
  return {{"state", effect.value},
          {"description", effect.description},
          {"details_path", effect.details_path},
          {"head_sha", effect.head_sha}};
}

Result<void> post(pg::Connection& db, const Effect& effect, const std::string& reference) {
  const std::string hash = effect.body.empty() ? "" : to_hex(sha256(effect.body));
  GREENROOM_CHECK(db.run(pg::query("effect/post"), {effect.target.repository, kind_of(effect), effect.target.number,
                                                    effect.slot, reference, hash, json::dump(detail_of(effect))}));
  return {};
}

Result<void> set_state(pg::Connection& db, const Effect& effect, std::string_view state) {
  GREENROOM_CHECK(db.run(pg::query("effect/set_posted_state"),
                         {effect.target.repository, kind_of(effect), effect.target.number, effect.slot, state}));
  return {};
}

Result<void> unpost(pg::Connection& db, const Effect& effect) {
  GREENROOM_CHECK(db.run(pg::query("effect/unpost"),
                         {effect.target.repository, kind_of(effect), effect.target.number, effect.slot}));
  return {};
}

Result<void> adopt(pg::Connection& db, const Effect& effect, const hosts::Standing& found) {
  const std::string_view state = !found.resolved            ? "open"
                                 : found.resolved_by_person ? "resolved_by_person"
                                                            : "resolved_by_bot";
  GREENROOM_CHECK(db.run(pg::query("effect/adopt_state"), {effect.target.repository, kind_of(effect),
                                                           effect.target.number, effect.slot, state, found.answered}));
  return {};
}

Result<void> record_thread(pg::Connection& db, const Effect& effect, const std::string& reference,
                           const std::optional<hosts::Standing>& found) {
  GREENROOM_CHECK(post(db, effect, reference));
  if (found) GREENROOM_CHECK(adopt(db, effect, *found));
  if (effect.value.empty()) return {};
  GREENROOM_CHECK(
      db.run(pg::query("effect/lesson_shown"), {effect.target.repository, effect.target.number, effect.value}));
  return {};
}

}  // namespace

Result<Posted> load_posted(pg::Connection& db, model::RepositoryId repository, std::int64_t number,
                           const std::string& head_sha) {
  Posted posted;
  posted.review.head_sha = head_sha;
  GREENROOM_TRY(rows, db.run(pg::query("compose/posted"), {repository, number}));
  for (int i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    const auto slot = row.text("slot");
    GREENROOM_TRY(detail, json::parse(row.text("detail")));
    if (slot == "summary") {
      posted.review.summary_ref = row.text("host_ref");
      posted.review.summary_hash = row.text("body_hash");
    } else if (slot.starts_with(kThread)) {
      posted.review.threads.push_back(thread_in(row, detail));
    } else if (slot.starts_with(kStatus)) {
      const auto head = json::text(detail, "head_sha");
      const auto status = status_in(row, detail);
      if (head == head_sha)
        posted.review.statuses.push_back(status);
      else if (status.state == model::WantedStatus::State::pending)
        posted.left.push_back({head, status});
    }
  }
  return posted;
}

Result<void> record_posted(pg::Connection& db, const Effect& effect, const std::string& reference,
                           const std::optional<hosts::Standing>& found) {
  if (effect.slot.empty()) return {};
  switch (effect.kind) {
    case EffectKind::create_comment: return post(db, effect, reference);
    case EffectKind::edit_comment: return post(db, effect, effect.host_ref);
    case EffectKind::set_status: return post(db, effect, "");
    case EffectKind::create_thread: return record_thread(db, effect, reference, found);
    case EffectKind::delete_comment: return unpost(db, effect);
    case EffectKind::resolve_thread: return set_state(db, effect, "resolved_by_bot");
    case EffectKind::unresolve_thread: return set_state(db, effect, "open");
    default: return {};
  }
}

Result<void> record_gone(pg::Connection& db, const Effect& effect) {
  if (effect.kind == EffectKind::edit_comment || effect.kind == EffectKind::delete_comment) return unpost(db, effect);
  const bool of_thread = effect.kind == EffectKind::resolve_thread || effect.kind == EffectKind::unresolve_thread;
  if (of_thread) return set_state(db, effect, "resolved_by_person");
  return {};
}

}  // namespace greenroom::bot
