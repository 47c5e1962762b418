#include "lib/bot/intake.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/bot/change_rows.h"
#include "lib/hosts/hosts.h"
#include "lib/json/json.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

constexpr int kRetrySeconds = 5;

model::Headers headers_in(const std::string& text) {
  model::Headers headers;
  const auto value = json::parse(text);
  if (!value || !value->is_object()) return headers;
  for (const auto& [name, item] : value->items()) {
    if (item.is_string()) headers.emplace_back(name, item.get<std::string>());
  }
  return headers;
}

model::Delivery delivery_in(const pg::Row& row) {
  model::Delivery delivery;
  delivery.id = model::DeliveryId{row.integer("id")};
  delivery.trace.hex = row.text("trace_id");
  delivery.host = row.text("host");
  delivery.host_delivery = row.text("host_delivery");
  delivery.event_name = row.text("event_name");
  delivery.semantic_key = row.text("semantic_key");
  delivery.headers = headers_in(row.text("headers"));
  delivery.body = row.bytes("body");
  delivery.received_at = row.time("received_at");
  return delivery;
}

// Words of somebody else on a change: whether they are the project's answer, only the host knows.
bool may_answer_for_project(const model::Event& event, const Asking& asking) {
  return event.kind == model::EventKind::comment_created && event.change &&
         event.actor.kind == model::Account::Kind::person && event.actor.host_account_id != asking.bot_account &&
         event.actor.host_account_id != event.change->author.host_account_id;
}

bool is_passing(const Error& error) { return error.kind == ErrorKind::transient || error.kind == ErrorKind::in_doubt; }

}  // namespace

Intake::Intake(pg::Pool& pool, HostSet& hosts, const Settings& settings, const Clock& clock,
               std::function<void(model::JobId)> announce, CrashPoint crash_point)
    : pool_(pool),
      hosts_(hosts),
      settings_(settings),
      clock_(clock),
      announce_(std::move(announce)),
      crash_point_(std::move(crash_point)) {}

Result<Step> Intake::take_one() {
  GREENROOM_TRY(taken, claim());
  if (!taken) return Step::nothing;
  crash_point_("after_delivery_claim");
  if (taken->attempts > kMaxDeliveryAttempts) {
    GREENROOM_CHECK(settle(*taken, "failed", "the bot stopped several times while it worked on this delivery"));
    return Step::did;
  }
  const auto handled = handle(*taken);
  if (!handled) GREENROOM_CHECK(put_off(*taken, handled.error()));
  return Step::did;
}

Result<std::optional<Intake::Taken>> Intake::claim() {
  GREENROOM_TRY(rows, pool_.run(pg::query("intake/claim_delivery")));
  if (rows.empty()) return std::optional<Taken>();
  const auto row = rows[0];
  return std::optional(Taken{delivery_in(row), static_cast<int>(row.integer("attempts")), row.integer("lease_epoch")});
}

Result<void> Intake::handle(const Taken& taken) {
  const auto* ingress = hosts::ingress_named(taken.delivery.host);
  if (ingress == nullptr) return user_fault("no git host is called " + taken.delivery.host);
  GREENROOM_TRY(event, ingress->parse(taken.delivery));
  if (!event) return settle(taken, "ignored", std::nullopt);
  if (event->kind == model::EventKind::rerun_requested) {
    GREENROOM_TRY(found, find_change(*event));
    if (!found) return settle(taken, "ignored", std::nullopt);  // of a head that is not the newest, or of nothing here
  }
  GREENROOM_CHECK(complete(*event));
  return commit(taken, *event);
}

// A host whose webhooks do not say the tip of the target branch, or who the author is beside a number, is asked.
Result<void> Intake::complete(model::Event& event) {
  if (!model::is_about_change(event.kind) || !event.change->base_sha.empty()) return {};
  const auto host = hosts_.find(event.repository.host);
  if (host == hosts_.end()) return {};  // commit() says so
  GREENROOM_TRY(now, host->second->describe(event.repository.host_repository_id, event.change->number));
  event.change->base_sha = now.change->base_sha;
  event.change->author = now.change->author;
  event.change->trusted_author = now.change->trusted_author;
  return {};
}

// The change that is known by nothing but its head.
Result<bool> Intake::find_change(model::Event& event) {
  const auto& repository = event.repository;
  GREENROOM_TRY(rows, pool_.run(pg::query("intake/change_of_head"),
                                {repository.host, repository.host_repository_id, event.change->head_sha}));
  if (rows.empty()) return false;
  auto& change = *event.change;
  change.number = rows[0].integer("number");
  change.title = rows[0].text("title");
  change.author = {rows[0].integer("host_account_id"), rows[0].text("login"), rows[0].text("display_name"),
                   rows[0].boolean("is_bot") ? model::Account::Kind::bot : model::Account::Kind::person};
  return true;
}

// Rights are never taken from a payload or from a row.
Result<void> Intake::ask_whom_to_trust(const model::Event& event, hosts::Host& host, Asking& asking) {
  if (!event.change || settings_.approval.required == ApprovalRule::Required::never) return {};
  const auto repository = event.repository.host_repository_id;
  std::set<std::int64_t> accounts{event.change->author.host_account_id};
  GREENROOM_TRY(rows, pool_.run(pg::query("intake/approvers"),
                                {event.repository.host, repository, event.change->number, event.change->head_sha}));
  for (int i = 0; i < rows.size(); ++i) accounts.insert(rows[i].integer("host_account_id"));
  for (const auto account : accounts) {
    GREENROOM_TRY(permission, host.permission(repository, account));
    asking.permissions[account] = permission;
  }
  return {};
}

// Whatever the host has to say is asked for before the transaction, so that no lock waits for a network.
Result<Intake::Prepared> Intake::prepare(const model::Event& event) {
  const auto found = hosts_.find(event.repository.host);
  if (found == hosts_.end()) return user_fault("the git host " + event.repository.host + " is not set up here");
  auto& host = *found->second;
  Prepared prepared;
  prepared.asking.bot_login = host.bot_login();
  prepared.asking.bot_account = host.bot_account_id();
  // It would take its own words for a person's, and answer them.
  if (prepared.asking.bot_account == 0) return transient("the git host does not say who the bot is there");
  const auto repository = event.repository.host_repository_id;
  const bool asks = event.kind == model::EventKind::rerun_requested || !commands_of(event, prepared.asking).empty();
  if (asks || may_answer_for_project(event, prepared.asking)) {
    GREENROOM_TRY(permission, host.permission(repository, event.actor.host_account_id));
    prepared.asking.actor_permission = permission;
  }
  const bool may_queue_a_job = asks || model::is_about_change(event.kind);
  if (may_queue_a_job) GREENROOM_CHECK(ask_whom_to_trust(event, host, prepared.asking));
  if (!event.change || model::is_about_change(event.kind)) return prepared;
  GREENROOM_TRY(known,
                pool_.run(pg::query("intake/knows_change"), {event.repository.host, repository, event.change->number}));
  if (!known.empty()) return prepared;
  auto described = host.describe(repository, event.change->number);
  if (!described && described.error().kind != ErrorKind::not_found) return pass(described.error(), "describe");
  if (!described) return prepared;
  GREENROOM_CHECK(ask_whom_to_trust(*described, host, prepared.asking));
  prepared.introduction = std::move(*described);
  return prepared;
}

Result<void> Intake::commit(const Taken& taken, const model::Event& event) {
  GREENROOM_TRY(prepared, prepare(event));
  std::vector<model::JobId> jobs;
  auto committed = pool_.transaction([&](pg::Connection& db) -> Result<void> {
    jobs.clear();
    GREENROOM_TRY(settled,
                  db.run(pg::query("intake/settle_delivery"), {taken.delivery.id, taken.lease_epoch, "done", nullptr}));
    if (settled.empty()) return {};  // another bot has it now
    if (prepared.introduction) {
      prepared.introduction->trace = event.trace;
      GREENROOM_TRY(first, apply(db, *prepared.introduction, std::nullopt, prepared.asking, settings_, clock_.now()));
      jobs = std::move(first.jobs);
    }
    GREENROOM_TRY(applied, apply(db, event, taken.delivery.id, prepared.asking, settings_, clock_.now()));
    jobs.insert(jobs.end(), applied.jobs.begin(), applied.jobs.end());
    crash_point_("before_delivery_commit");
    return {};
  });
  if (!committed) return committed;
  crash_point_("after_delivery_commit");
  for (const auto job : jobs) announce_(job);
  return {};
}

Result<void> Intake::take_event(const model::Event& event) {
  model::Event traced = event;
  if (traced.trace.hex.empty()) traced.trace.hex = random_hex(16);
  GREENROOM_TRY(prepared, prepare(traced));
  std::vector<model::JobId> jobs;
  GREENROOM_CHECK(pool_.transaction([&](pg::Connection& db) -> Result<void> {
    GREENROOM_TRY(applied, apply(db, traced, std::nullopt, prepared.asking, settings_, clock_.now()));
    jobs = std::move(applied.jobs);
    return {};
  }));
  for (const auto job : jobs) announce_(job);
  return {};
}

Result<void> Intake::settle(const Taken& taken, std::string_view state, const std::optional<std::string>& error) {
  GREENROOM_CHECK(pool_.run(pg::query("intake/settle_delivery"), {taken.delivery.id, taken.lease_epoch, state, error}));
  return {};
}

Result<void> Intake::put_off(const Taken& taken, const Error& error) {
  log::warn("delivery.put_off", {{"trace", taken.delivery.trace.hex}, {"attempt", taken.attempts}, {"error", error}});
  const bool is_final = error.kind == ErrorKind::user_fault || taken.attempts >= kMaxDeliveryAttempts;
  if (!is_passing(error) && is_final) return settle(taken, "failed", error.describe());
  const auto query = is_passing(error) ? pg::query("intake/release_delivery") : pg::query("intake/retry_delivery");
  GREENROOM_CHECK(pool_.run(query, {taken.delivery.id, taken.lease_epoch, error.describe(), kRetrySeconds}));
  return {};
}

}  // namespace greenroom::bot
