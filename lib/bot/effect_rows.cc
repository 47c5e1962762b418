#include "lib/bot/effect_rows.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

constexpr std::array kKinds{
    model::EffectKind::create_comment,   model::EffectKind::edit_comment, model::EffectKind::delete_comment,
    model::EffectKind::create_thread,    model::EffectKind::reply_thread, model::EffectKind::resolve_thread,
    model::EffectKind::unresolve_thread, model::EffectKind::set_status,   model::EffectKind::add_label,
    model::EffectKind::remove_label,     model::EffectKind::react,        model::EffectKind::assign};

Result<model::EffectKind> kind_named(const std::string& name) {
  for (const auto kind : kKinds) {
    if (model::name_of(kind) == name) return kind;
  }
  return bug("an effect of unknown kind " + name);
}

std::string payload_of(const model::Effect& effect) {
  json::Value payload = json::Value::object();
  const auto put = [&](const char* name, const std::string& text) {
    if (!text.empty()) payload[name] = text;
  };
  put("host_ref", effect.host_ref);
  put("body", effect.body);
  put("path", effect.path);
  put("head_sha", effect.head_sha);
  put("name", effect.name);
  put("value", effect.value);
  put("description", effect.description);
  put("details_path", effect.details_path);
  put("plan_head", effect.plan_head);
  if (effect.line != 0) payload["line"] = effect.line;
  if (effect.start_line != 0) payload["start_line"] = effect.start_line;
  return json::dump(payload);
}

void read_payload(const json::Value& payload, model::Effect& effect) {
  effect.host_ref = json::text(payload, "host_ref");
  effect.body = json::text(payload, "body");
  effect.path = json::text(payload, "path");
  effect.head_sha = json::text(payload, "head_sha");
  effect.name = json::text(payload, "name");
  effect.value = json::text(payload, "value");
  effect.description = json::text(payload, "description");
  effect.details_path = json::text(payload, "details_path");
  effect.plan_head = json::text(payload, "plan_head");
  effect.line = static_cast<int>(json::integer(payload, "line"));
  effect.start_line = static_cast<int>(json::integer(payload, "start_line"));
}

std::string name_of(model::Target::Kind kind) { return kind == model::Target::Kind::change ? "change" : "issue"; }

model::Target target_in(const pg::Row& row) {
  const auto kind = row.text("target_kind") == "change" ? model::Target::Kind::change : model::Target::Kind::issue;
  return {model::RepositoryId{row.integer("repository_id")}, "", 0, kind, row.integer("number")};
}

Result<Claimed> claimed_in(const pg::Row& row) {
  Claimed claimed;
  auto& effect = claimed.effect;
  GREENROOM_TRY(kind, kind_named(row.text("kind")));
  GREENROOM_TRY(payload, json::parse(row.text("payload")));
  effect.kind = kind;
  effect.id = model::EffectId{row.integer("id")};
  effect.trace.hex = row.text("trace_id");
  effect.target = target_in(row);
  effect.key = row.text("key");
  effect.slot = row.text("slot");
  effect.attempts = static_cast<int>(row.integer("attempts"));
  effect.urgency = static_cast<model::Urgency>(row.integer("urgency"));
  effect.state = model::EffectState::sending;
  read_payload(payload, effect);
  claimed.misses = static_cast<int>(row.integer("misses"));
  claimed.may_have_happened = row.text("state_before") != "pending";
  return claimed;
}

}  // namespace

std::string key_prefix(const model::Target& target) {
  return name_of(target.kind) + "/" + model::to_string(target.repository) + "/" + std::to_string(target.number) + "/";
}

Result<Inserted> insert_effect(pg::Connection& db, const model::TraceId& trace, const model::Effect& effect) {
  GREENROOM_TRY(
      rows, db.run(pg::query("effect/insert"),
                   {trace.hex, effect.target.repository, name_of(effect.target.kind), effect.target.number, effect.key,
                    model::name_of(effect.kind), effect.slot, payload_of(effect), static_cast<int>(effect.urgency)}));
  return rows.empty() ? Inserted::known : Inserted::yes;
}

Result<std::vector<Claimed>> claim_effects(pg::Connection& db, const Excluded& excluded, int most) {
  std::vector<std::int64_t> used_up, from;
  for (const auto& one : excluded.used_up) {
    used_up.push_back(one.repository.value);
    from.push_back(static_cast<int>(one.from));
  }
  GREENROOM_TRY(rows, db.run(pg::query("effect/claim"),
                             {pg::text_array(excluded.hosts), pg::int_array(used_up), pg::int_array(from)}));
  std::vector<Claimed> all;
  if (rows.empty()) return all;
  GREENROOM_TRY(first, claimed_in(rows[0]));
  first.effect.target.host = rows[0].text("host");
  first.effect.target.host_repository_id = rows[0].integer("host_repository_id");
  first.newest_head = rows[0].text("newest_head");
  all.push_back(std::move(first));
  if (all[0].effect.kind != model::EffectKind::create_thread || most < 2) return all;
  GREENROOM_TRY(behind, db.run(pg::query("effect/claim_following"), {all[0].effect.id, most - 1}));
  for (int i = 0; i < behind.size(); ++i) {
    GREENROOM_TRY(next, claimed_in(behind[i]));
    next.effect.target = all[0].effect.target;
    next.newest_head = all[0].newest_head;
    all.push_back(std::move(next));
  }
  std::ranges::sort(all, {}, [](const Claimed& one) { return one.effect.id.value; });
  return all;
}

}  // namespace greenroom::bot
