#include "lib/hosts/gitlab/host.h"

#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/deeds.h"
#include "lib/hosts/gitlab/facts.h"
#include "lib/hosts/gitlab/write.h"
#include "lib/hosts/hosts.h"
#include "lib/review/review.h"

namespace greenroom::hosts::gitlab {
namespace {

using model::EffectKind;

bool is_reference(const model::Effect& effect) {
  const auto& reference = effect.host_ref;
  switch (effect.kind) {
    case EffectKind::reply_thread:
    case EffectKind::resolve_thread:
    case EffectKind::unresolve_thread: return is_sha(reference);
    case EffectKind::react: return is_id(reference);
    case EffectKind::edit_comment:
    case EffectKind::delete_comment: return is_id(reference) || is_sha(reference);
    default: return true;
  }
}

// Nothing goes into a path that is not a number or of forty hex digits.
Result<void> check_parts(const model::Effect& effect) {
  if (!is_reference(effect)) return rejected("the reference is not one of this host");
  if (effect.kind == EffectKind::assign && !is_id(effect.value)) return rejected("the account is not one of this host");
  if (effect.body.size() > review::kBodyLimit) return rejected("the body is longer than 65536 bytes");
  const bool threads = effect.kind == EffectKind::create_thread;
  if ((threads || effect.kind == EffectKind::set_status) && !is_sha(effect.head_sha))
    return rejected("the head is not a SHA");
  const bool runs_forward = effect.start_line == 0 || (effect.start_line > 0 && effect.start_line < effect.line);
  if (threads && (effect.path.empty() || effect.line < 0 || !runs_forward))
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
    case EffectKind::resolve_thread: return settle_thread(writing, Thread::resolved);
    case EffectKind::unresolve_thread: return settle_thread(writing, Thread::open);
    case EffectKind::set_status: return set_status(writing);
    case EffectKind::add_label: return set_label(writing, Label::there);
    case EffectKind::remove_label: return set_label(writing, Label::gone);
    case EffectKind::react: return react(writing);
    case EffectKind::assign: return assign(writing);
  }
  return bug("an effect of no kind");
}

}  // namespace

std::unique_ptr<Host> make_host(const Options& options, const Clock& clock) {
  return std::make_unique<GitlabHost>(options, clock);
}

GitlabHost::GitlabHost(const Options& options, const Clock& clock)
    : options_(options), clock_(clock), api_(options.api_url, options.token, clock) {}

Result<model::Account> GitlabHost::bot() const {
  if (bot_) return *bot_;
  GREENROOM_TRY(user, api_.get("/user"));
  const json::Value outer{{"user", user}};
  Reader root(outer, "");
  auto account = account_in(root, "user", root);
  if (const auto read = root.result(); !read) return transient("GitLab's answer: " + read.error().message);
  bot_ = account;
  return account;
}

std::int64_t GitlabHost::bot_account_id() const {
  const auto account = bot();
  return account ? account->host_account_id : 0;
}

std::string GitlabHost::bot_login() const {
  const auto account = bot();
  return account ? account->login : std::string();
}

Result<std::string> GitlabHost::perform(const model::Effect& effect) {
  GREENROOM_CHECK(check_parts(effect));
  GREENROOM_TRY(account, bot());
  return act({api_, account.host_account_id, effect, options_.dashboard_url});
}

// Statuses are no notes, and have no limit of their own.
Result<Host::Allowance> GitlabHost::allowance(const model::Effect& effect) {
  if (effect.kind == EffectKind::set_status) return Allowance{"gitlab/state", {}};
  return Allowance{"gitlab/content", options_.content_limits};
}

Result<Host::Deeds> GitlabHost::deeds_since(std::int64_t host_repository_id, const std::string& cursor) {
  if (!cursor.empty() && !is_cursor(cursor)) return rejected("the cursor is not one of this host");
  GREENROOM_TRY(account, bot());
  return gitlab::deeds_since(api_, host_repository_id, account.host_account_id, cursor, clock_.now());
}

}  // namespace greenroom::hosts::gitlab
