#include "lib/hosts/gitea/host.h"

#include <map>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/deeds.h"
#include "lib/hosts/gitea/payload.h"
#include "lib/hosts/hosts.h"
#include "lib/hosts/reader.h"
#include "lib/review/review.h"

namespace greenroom::hosts::gitea {
namespace {

using model::EffectKind;

constexpr std::chrono::hours kFirstLook{72};

bool is_id(std::string_view text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_sha(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool needs_reference(EffectKind kind) {
  return kind == EffectKind::edit_comment || kind == EffectKind::delete_comment || kind == EffectKind::reply_thread ||
         kind == EffectKind::resolve_thread || kind == EffectKind::unresolve_thread || kind == EffectKind::react;
}

// Nothing goes into a path that is not a number, a SHA or a checked name.
Result<void> check_parts(const model::Effect& e) {
  if (needs_reference(e.kind) && !is_id(e.host_ref)) return rejected("the reference is not one of this host");
  if (e.kind == EffectKind::assign && !is_id(e.value)) return rejected("the account is not one of this host");
  if (e.body.size() > review::kBodyLimit) return rejected("the body is longer than 65536 bytes");
  const bool about_head = e.kind == EffectKind::create_thread || e.kind == EffectKind::set_status;
  if ((about_head || !e.head_sha.empty()) && !is_sha(e.head_sha)) return rejected("the head is not a SHA");
  if (e.kind != EffectKind::create_thread) return {};
  if (e.path.empty() || e.line < 0 || e.start_line < 0 || (e.start_line > 0 && e.start_line >= e.line))
    return rejected("the anchor is not a line of the change");
  return {};
}

Result<std::string> act(const Writing& writing) {
  switch (writing.effect.kind) {
    case EffectKind::create_comment: return create_comment(writing);
    case EffectKind::edit_comment: return edit_comment(writing);
    case EffectKind::delete_comment: return delete_comment(writing);
    case EffectKind::create_thread: return create_thread(writing);
    case EffectKind::reply_thread: return reply_thread(writing);
    case EffectKind::resolve_thread: return resolve_thread(writing);
    case EffectKind::unresolve_thread: return unresolve_thread(writing);
    case EffectKind::set_status: return set_status(writing);
    case EffectKind::add_label: return add_label(writing);
    case EffectKind::remove_label: return remove_label(writing);
    case EffectKind::react: return react(writing);
    case EffectKind::assign: return assign(writing);
  }
  return bug("an effect of no kind");
}

std::string git_url_of(const Options& options) {
  if (!options.git_url.empty()) return options.git_url;
  const auto end = options.api_url.rfind("/api/v1");
  return end == std::string::npos ? options.api_url : options.api_url.substr(0, end);
}

model::EventKind kind_for(const json::Value& pull) {
  if (json::boolean(pull, "merged")) return model::EventKind::change_merged;
  return json::text(pull, "state") == "closed" ? model::EventKind::change_closed : model::EventKind::change_opened;
}

}  // namespace

std::unique_ptr<Host> make_host(const Options& options, const Clock& clock) {
  return std::make_unique<GiteaHost>(options, clock);
}

GiteaHost::GiteaHost(const Options& options, const Clock& clock)
    : options_(options), clock_(clock), api_(options.api_url, options.token, clock), session_(api_, clock) {
  if (!options_.review_lock) options_.review_lock = std::make_shared<ProcessReviewLock>();
}

std::int64_t GiteaHost::bot_account_id() const {
  const auto bot = session_.bot();
  return bot ? bot->account_id : 0;
}

std::string GiteaHost::bot_login() const {
  const auto bot = session_.bot();
  return bot ? bot->login : std::string();
}

Result<std::string> GiteaHost::perform(const model::Effect& effect) {
  GREENROOM_CHECK(check_parts(effect));
  GREENROOM_TRY(bot, session_.bot());
  GREENROOM_TRY(access, session_.access(effect.target.host_repository_id));
  return act({api_, access, bot, effect, features_, *options_.review_lock, options_.dashboard_url});
}

// Asked by numeric id: the login that stands in a payload may be another person's by now.
Result<Permission> GiteaHost::permission(std::int64_t host_repository_id, std::int64_t account_id) {
  GREENROOM_TRY(access, session_.access(host_repository_id));
  const auto login = login_of(api_, account_id);
  if (!login && login.error().kind == ErrorKind::not_found) return Permission::none;
  if (!login) return tl::unexpected(login.error());
  const auto found = api_.get(access.path + "/collaborators/" + *login + "/permission");
  if (!found && found.error().kind == ErrorKind::not_found) return Permission::none;
  if (!found) return tl::unexpected(found.error());
  if (json::integer(json::member(*found, "user"), "id") != account_id) return Permission::none;
  static const std::map<std::string, Permission> named{{"read", Permission::read},
                                                       {"write", Permission::write},
                                                       {"admin", Permission::admin},
                                                       {"owner", Permission::admin}};
  const auto role = named.find(json::text(*found, "permission"));
  return role == named.end() ? Permission::none : role->second;
}

Result<Host::ReadAccess> GiteaHost::read_access(std::int64_t host_repository_id) {
  GREENROOM_TRY(access, session_.access(host_repository_id));
  return ReadAccess{git_url_of(options_) + "/" + access.facts.full_name + ".git", options_.read_token};
}

Result<std::vector<Host::Head>> GiteaHost::open_heads(std::int64_t host_repository_id) {
  GREENROOM_TRY(access, session_.access(host_repository_id));
  GREENROOM_TRY(pulls, api_.all(access.path + "/pulls?state=open"));
  std::vector<Head> heads;
  for (const auto& pull : pulls) {
    auto sha = json::text(json::member(pull, "head"), "sha");
    if (is_sha(sha)) heads.push_back({json::integer(pull, "number"), std::move(sha)});
  }
  return heads;
}

Result<Host::Deeds> GiteaHost::deeds_since(std::int64_t host_repository_id, const std::string& cursor) {
  const auto from = cursor.empty() ? std::optional(Cursor{clock_.now() - kFirstLook, 0, 0}) : Cursor::read(cursor);
  if (!from) return rejected("the cursor is not one of this host");
  GREENROOM_TRY(bot, session_.bot());
  GREENROOM_TRY(access, session_.access(host_repository_id));
  return read_deeds(api_, access, bot, *from);
}

Result<std::vector<model::RepositoryFacts>> GiteaHost::repositories() { return session_.repositories(); }

Result<model::Event> GiteaHost::describe(std::int64_t host_repository_id, std::int64_t number) {
  GREENROOM_TRY(access, session_.access(host_repository_id));
  GREENROOM_TRY(pull, api_.get(access.path + "/pulls/" + std::to_string(number)));
  auto change = change_of(pull);
  if (!change) return transient("Gitea's answer: " + change.error().message);
  Reader reader(pull, "");
  model::Event event;
  event.kind = kind_for(pull);
  event.at = reader.time("updated_at");
  if (const auto read = reader.result(); !read) return transient("Gitea's answer: " + read.error().message);
  event.repository = access.facts;
  event.actor = change->author;
  event.change = std::move(*change);
  return event;
}

}  // namespace greenroom::hosts::gitea
