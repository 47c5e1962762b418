#include "lib/hosts/local/host.h"

#include <map>

#include "lib/hosts/hosts.h"
#include "lib/hosts/local/payload.h"
#include "lib/hosts/meaning.h"
#include "lib/pg/query.h"
#include "lib/review/review.h"

namespace greenroom::hosts::local {
namespace {

using model::EffectKind;

constexpr int kDeedsPage = 100;
constexpr int kDeedsKept = 1000;  // of a repository, of those that were told

struct Act {
  pg::Query query;
  pg::Params params;
  std::string missing;  // what does not exist when the query finds nothing
};

// Which statement an effect is, with its parameters in the order of the .sql file.
Act act_for(const model::Effect& e, std::int64_t bot) {
  const std::int64_t repository = e.target.host_repository_id;
  const std::int64_t number = e.target.number;
  switch (e.kind) {
    case EffectKind::create_comment:
      return {pg::query("host_local/create_comment"), {repository, number, bot, e.body, e.key}, "change or issue"};
    case EffectKind::edit_comment:
      return {pg::query("host_local/edit_comment"), {repository, number, bot, e.host_ref, e.body, e.key}, "comment"};
    case EffectKind::delete_comment:
      return {pg::query("host_local/delete_comment"), {repository, number, bot, e.host_ref, e.key}, "comment"};
    case EffectKind::create_thread:
      return {pg::query("host_local/create_thread"),
              {repository, number, bot, e.path, e.line, e.start_line, e.head_sha, e.body, e.key},
              "change"};
    case EffectKind::reply_thread:
      return {pg::query("host_local/reply_thread"), {repository, number, bot, e.host_ref, e.body, e.key}, "thread"};
    case EffectKind::resolve_thread:
      return {pg::query("host_local/resolve_thread"), {repository, number, bot, e.host_ref, e.key}, "thread"};
    case EffectKind::unresolve_thread:
      return {pg::query("host_local/unresolve_thread"), {repository, number, e.host_ref, e.key}, "thread"};
    case EffectKind::set_status:
      return {pg::query("host_local/set_status"),
              {repository, number, e.head_sha, e.name, e.value, e.description, e.details_path, e.key},
              "repository"};
    case EffectKind::add_label:
      return {pg::query("host_local/add_label"), {repository, number, e.name, e.key}, "change or issue"};
    case EffectKind::remove_label:
      return {pg::query("host_local/remove_label"), {repository, number, e.name, e.key}, "change or issue"};
    case EffectKind::react:
      return {pg::query("host_local/react"), {repository, number, bot, e.host_ref, e.name, e.key}, "comment"};
    case EffectKind::assign:
      return {pg::query("host_local/assign"), {repository, number, e.value, e.key}, "change, issue or account"};
  }
  return {pg::query("host_local/create_comment"), {}, ""};
}

bool makes_something(EffectKind kind) {
  return kind == EffectKind::create_comment || kind == EffectKind::create_thread || kind == EffectKind::reply_thread;
}

bool is_reference(std::string_view text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool needs_reference(EffectKind kind) {
  return kind == EffectKind::edit_comment || kind == EffectKind::delete_comment || kind == EffectKind::reply_thread ||
         kind == EffectKind::resolve_thread || kind == EffectKind::unresolve_thread || kind == EffectKind::react;
}

// What the tables' CHECKs would refuse, said in the host's words.
Result<void> check_parts(const model::Effect& e) {
  if (needs_reference(e.kind) && !is_reference(e.host_ref)) return rejected("the reference is not one of this host");
  if (e.kind == EffectKind::assign && !is_reference(e.value)) return rejected("the account is not one of this host");
  if (e.body.size() > 65536) return rejected("the body is longer than 65536 bytes");
  if (e.kind != EffectKind::create_thread) return {};
  if (e.path.empty() || e.line < 0 || e.start_line < 0 || (e.start_line > 0 && e.start_line >= e.line)) {
    return rejected("the anchor is not a line of the change");
  }
  return {};
}

// One that cannot be read has no meaning to compare; the intake says so of it, once.
model::Delivery delivery_of(const pg::Row& row) {
  model::Delivery delivery;
  delivery.host = "local";
  delivery.host_delivery = "journal/" + row.text("id");
  delivery.event_name = row.text("kind");
  delivery.body = row.text("event");
  if (const auto event = decode(delivery.body)) delivery.semantic_key = meaning_of(*event);
  return delivery;
}

model::EventKind kind_for(const std::string& state) {
  if (state == "merged") return model::EventKind::change_merged;
  return state == "closed" ? model::EventKind::change_closed : model::EventKind::change_opened;
}

}  // namespace

Result<std::int64_t> LocalHost::account() const {
  if (account_ != 0) return account_;
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/bot_account"), {bot_login_}));
  if (rows.empty()) return not_found("the practice host has no bot account " + bot_login_);
  account_ = rows[0].integer("id");
  return account_;
}

std::int64_t LocalHost::bot_account_id() const { return account().value_or(0); }

Result<std::string> LocalHost::perform(const model::Effect& effect) {
  GREENROOM_CHECK(check_parts(effect));
  GREENROOM_TRY(bot, account());
  const auto act = act_for(effect, bot);
  auto rows_or = pool_.run(act.query, act.params);
  // A connection that breaks does not say whether the statement was carried out before.
  if (!rows_or && rows_or.error().kind == ErrorKind::transient) return in_doubt(rows_or.error().message);
  GREENROOM_TRY(rows, std::move(rows_or));
  if (rows.empty()) return not_found("no such " + act.missing);
  return makes_something(effect.kind) ? rows[0].text("id") : std::string();
}

Result<std::vector<Standing>> LocalHost::standing(const model::Target& target, const Secret& marker_key) {
  GREENROOM_TRY(bot, account());
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/standing"), {target.host_repository_id, target.number, bot}));
  std::vector<Standing> found;
  for (int i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    const auto slot = review::find_marker(row.text("body"), marker_key);
    if (!slot) continue;
    const auto reference = row.boolean("opens") ? row.text("thread_id") : row.text("id");
    found.push_back({*slot, reference, row.text("body"), row.boolean("answered"), row.boolean("resolved"),
                     row.boolean("resolved_by_person")});
  }
  return found;
}

Result<Permission> LocalHost::permission(std::int64_t host_repository_id, std::int64_t account_id) {
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/permission"), {host_repository_id, account_id}));
  if (rows.empty()) return Permission::none;
  static const std::map<std::string, Permission> named{{"read", Permission::read},
                                                       {"triage", Permission::triage},
                                                       {"write", Permission::write},
                                                       {"admin", Permission::admin}};
  const auto found = named.find(rows[0].text("permission"));
  return found == named.end() ? Permission::none : found->second;
}

Result<std::vector<Host::Head>> LocalHost::open_heads(std::int64_t host_repository_id) {
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/open_heads"), {host_repository_id}));
  std::vector<Head> heads;
  for (int i = 0; i < rows.size(); ++i) heads.push_back({rows[i].integer("number"), rows[i].text("head_sha")});
  return heads;
}

// The cursor is the last row that was read: rows of one repository are committed in the order of their ids.
Result<Host::Deeds> LocalHost::deeds_since(std::int64_t host_repository_id, const std::string& cursor) {
  if (!cursor.empty() && !is_reference(cursor)) return rejected("the cursor is not one of this host");
  const std::string from = cursor.empty() ? "0" : cursor;
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/deeds_since"), {host_repository_id, from, kDeedsPage}));
  Deeds deeds{{}, from, rows.size() == kDeedsPage};
  for (int i = 0; i < rows.size(); ++i) {
    deeds.cursor = rows[i].text("id");
    deeds.told.push_back(delivery_of(rows[i]));
  }
  // Whoever asks from here has stored what lies before. A part of it stays, for who has lost the place and begins anew.
  if (rows.size() > 0)
    GREENROOM_CHECK(pool_.run(pg::query("host_local/forget_deeds"), {host_repository_id, from, kDeedsKept}));
  return deeds;
}

Result<std::vector<model::RepositoryFacts>> LocalHost::repositories() {
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/repositories")));
  std::vector<model::RepositoryFacts> found;
  for (int i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    found.push_back({"local", row.integer("id"), row.text("full_name"), row.text("default_branch")});
  }
  return found;
}

Result<model::Event> LocalHost::describe(std::int64_t host_repository_id, std::int64_t number) {
  GREENROOM_TRY(rows, pool_.run(pg::query("host_local/describe"), {host_repository_id, number}));
  if (rows.empty()) return not_found("no such change");
  const auto row = rows[0];
  const auto kind = row.text("kind") == "bot" ? model::Account::Kind::bot : model::Account::Kind::person;
  model::Event event;
  event.kind = kind_for(row.text("state"));
  event.at = row.time("at");
  event.repository = {"local", host_repository_id, row.text("full_name"), row.text("default_branch")};
  event.actor = {row.integer("author_id"), row.text("login"), row.text("display_name"), kind};
  event.change = model::ChangeFacts{number,
                                    row.text("title"),
                                    row.text("description"),
                                    row.text("head_ref"),
                                    row.text("base_ref"),
                                    row.text("head_sha"),
                                    row.text("base_sha"),
                                    event.actor,
                                    false,
                                    row.boolean("trusted_author")};
  return event;
}

std::unique_ptr<Host> make_host(pg::Pool& pool, std::string bot_login) {
  return std::make_unique<LocalHost>(pool, std::move(bot_login));
}

}  // namespace greenroom::hosts::local
