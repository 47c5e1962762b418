#include "lib/bot/context.h"

#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

model::Person person_of(const model::Account& account, const std::string& host, model::PersonId id) {
  return {id, host, account.host_account_id, account.login, account.display_name};
}

std::vector<std::string> texts_in(const std::string& json_list) {
  std::vector<std::string> texts;
  const auto value = json::parse(json_list);
  if (!value || !value->is_array()) return texts;
  for (const auto& item : *value) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
  return texts;
}

model::Buddy buddy_in(const pg::Row& row) {
  model::Buddy buddy;
  buddy.person = {model::PersonId{row.integer("id")}, row.text("host"), row.integer("host_account_id"),
                  row.text("login"), row.text("display_name")};
  buddy.capacity = static_cast<int>(row.integer("capacity"));
  buddy.current_load = static_cast<int>(row.integer("current_load"));
  buddy.away_until = row.maybe_time("away_until");
  buddy.last_picked = row.maybe_time("last_picked");
  buddy.knows = texts_in(row.text("knows"));
  return buddy;
}

Result<void> load_roster(pg::Connection& db, const Subject& subject, Context& context) {
  GREENROOM_TRY(rows, db.run(pg::query("intake/roster"), {subject.repository}));
  for (int i = 0; i < rows.size(); ++i) context.roster.push_back(buddy_in(rows[i]));
  return {};
}

hosts::Permission permission_of(std::int64_t account, const Asking& asking) {
  const auto found = asking.permissions.find(account);
  return found == asking.permissions.end() ? hosts::Permission::none : found->second;
}

Result<void> load_trust(pg::Connection& db, const model::Event& event, const Subject& subject, const Asking& asking,
                        Context& context) {
  GREENROOM_TRY(rows, db.run(pg::query("intake/trust"),
                             {subject.repository, *subject.author, *subject.change, event.change->head_sha}));
  const auto row = rows[0];
  context.trust.author_login = event.change->author.login;
  context.trust.author = permission_of(event.change->author.host_account_id, asking);
  context.trust.merged_changes = static_cast<int>(row.integer("merged"));
  context.approval_section = row.boolean("section");
  if (row.is_null("approver")) return {};
  context.trust.approver_login = row.text("approver_login");
  context.trust.approver = permission_of(row.integer("approver"), asking);
  return {};
}

Result<void> load_change(pg::Connection& db, const model::Event& event, const Subject& subject, const Asking& asking,
                         Context& context) {
  GREENROOM_TRY(newcomer, db.run(pg::query("intake/newcomer"), {subject.repository, *subject.author, subject.number}));
  context.first_change = newcomer[0].boolean("first_change");
  context.greeted = newcomer[0].boolean("greeted");
  GREENROOM_TRY(job, db.run(pg::query("intake/has_job"), {*subject.change, event.change->head_sha}));
  context.job_for_head = job[0].boolean("answer");
  GREENROOM_CHECK(load_trust(db, event, subject, asking, context));
  GREENROOM_TRY(buddies, db.run(pg::query("intake/buddies_of_change"), {*subject.change}));
  for (int i = 0; i < buddies.size(); ++i) {
    const model::PersonId person{buddies[i].integer("person_id")};
    if (buddies[i].boolean("current"))
      context.current_buddy = person;
    else
      context.earlier_buddies.push_back(person);
  }
  return {};
}

}  // namespace

Result<Context> load_context(pg::Connection& db, const model::Event& event, const Subject& subject,
                             const Asking& asking, const Settings& settings, TimePoint now) {
  Context context;
  context.now = now;
  context.bot_login = asking.bot_login;
  context.dashboard_url = settings.dashboard_url;
  context.actor_permission = asking.actor_permission;
  context.commands = commands_of(event, asking);
  context.change_open = subject.open;
  context.approval = settings.approval;
  context.head_when_said = subject.head_when_said;
  const auto& author = event.change ? event.change->author : event.issue->author;
  if (subject.author) context.author = person_of(author, event.repository.host, *subject.author);
  if (subject.actor) context.actor = person_of(event.actor, event.repository.host, *subject.actor);
  if (event.issue) context.labels = event.issue->labels;
  GREENROOM_CHECK(load_roster(db, subject, context));
  if (subject.change) GREENROOM_CHECK(load_change(db, event, subject, asking, context));
  return context;
}

}  // namespace greenroom::bot
