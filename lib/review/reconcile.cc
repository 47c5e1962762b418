#include <algorithm>
#include <set>

#include "lib/base/hash.h"
#include "lib/review/review.h"
#include "lib/review/status_name.h"

namespace greenroom::review {
namespace {

using model::Effect;
using model::EffectKind;
using model::PostedThread;

// The edits of one reconciliation, in the order in which people should see them.
class Edits {
 public:
  Edits(const model::WantedReview& wanted, const model::PostedReview& posted, const model::Target& target,
        std::int64_t version)
      : wanted_(wanted), posted_(posted), target_(target), version_(std::to_string(version)) {
    for (const auto& fingerprint : wanted.live_fingerprints) live_.insert(fingerprint);
    for (const auto& thread : wanted.threads) live_.insert(thread.fingerprint);
  }

  std::vector<Effect> all() && {
    summary();
    for (const auto& thread : posted_.threads) standing_thread(thread);
    new_threads();
    for (const auto& status : wanted_.statuses) set_status(status);
    return std::move(effects_);
  }

 private:
  std::string prefix() const {
    const auto* kind = target_.kind == model::Target::Kind::change ? "change/" : "issue/";
    return kind + model::to_string(target_.repository) + "/" + std::to_string(target_.number) + "/";
  }

  Effect& add(EffectKind kind, const std::string& slot, const std::string& what) {
    Effect effect;
    effect.target = target_;
    effect.kind = kind;
    effect.slot = slot;
    effect.key = prefix() + slot + "/" + what;
    effects_.push_back(std::move(effect));
    return effects_.back();
  }

  void summary() {
    if (wanted_.summary.empty()) return;
    if (posted_.summary_ref.empty()) {
      add(EffectKind::create_comment, "summary", "create/" + version_).body = wanted_.summary;
    } else if (posted_.summary_hash != summary_hash(wanted_)) {
      auto& effect = add(EffectKind::edit_comment, "summary", "edit/" + version_);
      effect.host_ref = posted_.summary_ref;
      effect.body = wanted_.summary;
    }
  }

  void standing_thread(const PostedThread& thread) {
    const bool live = live_.contains(thread.fingerprint);
    const std::string slot = "thread/" + thread.fingerprint;
    if (thread.state == PostedThread::State::resolved_by_bot && live) {
      add(EffectKind::unresolve_thread, slot, "unresolve/" + version_).host_ref = thread.host_ref;
    }
    if (thread.state != PostedThread::State::open || live || !wanted_.findings_known) return;
    if (thread.answered) {
      // A slot of its own: the reply's marker must never be taken for the thread's.
      auto& reply = add(EffectKind::reply_thread, "say/gone/" + thread.fingerprint + "/" + version_, "reply");
      reply.host_ref = thread.host_ref;
      reply.body = "This is gone as of " + code_span(wanted_.head_sha.substr(0, 10)) + ". Thank you.";
    }
    add(EffectKind::resolve_thread, slot, "resolve/" + version_).host_ref = thread.host_ref;
  }

  void new_threads() {
    std::set<std::string> known;
    for (const auto& thread : posted_.threads) known.insert(thread.fingerprint);
    for (const auto& thread : wanted_.threads) {
      if (!known.insert(thread.fingerprint).second) continue;
      auto& effect = add(EffectKind::create_thread, "thread/" + thread.fingerprint, "create");
      effect.name = thread.fingerprint;
      effect.value = thread.lesson;
      effect.path = thread.path;
      effect.line = thread.line;
      effect.start_line = thread.start_line;
      effect.head_sha = wanted_.head_sha;
      effect.body = thread.markdown;
    }
  }

  bool stands(const model::WantedStatus& status) const {
    return posted_.head_sha == wanted_.head_sha &&
           std::any_of(posted_.statuses.begin(), posted_.statuses.end(), [&](const auto& other) {
             return other.context == status.context && other.state == status.state &&
                    other.description == status.description && other.details_path == status.details_path;
           });
  }

  void set_status(const model::WantedStatus& status) {
    if (stands(status)) return;
    auto& effect = add(EffectKind::set_status, "status/" + status.context, wanted_.head_sha + "/" + version_);
    effect.head_sha = wanted_.head_sha;
    effect.name = status.context;
    effect.value = std::string(name_of(status.state));
    effect.description = status.description;
    effect.details_path = status.details_path;
  }

  const model::WantedReview& wanted_;
  const model::PostedReview& posted_;
  const model::Target& target_;
  const std::string version_;
  std::set<std::string> live_;
  std::vector<Effect> effects_;
};

}  // namespace

std::string summary_hash(const model::WantedReview& wanted) { return to_hex(sha256(wanted.summary)); }

std::vector<model::Effect> reconcile(const model::WantedReview& wanted, const model::PostedReview& posted,
                                     const model::Target& target, std::int64_t version) {
  return Edits(wanted, posted, target, version).all();
}

}  // namespace greenroom::review
