#include "tests/unit/review/fake_host.h"

#include "lib/review/status_name.h"

namespace greenroom::review {

using model::EffectKind;
using State = model::PostedThread::State;

model::PostedThread* FakeHost::thread(const std::string& host_ref) {
  for (auto& one : posted.threads) {
    if (one.host_ref == host_ref) return &one;
  }
  return nullptr;
}

std::string FakeHost::perform(const std::vector<model::Effect>& effects, const model::WantedReview& wanted) {
  if (posted.head_sha != wanted.head_sha) posted.statuses.clear();
  posted.head_sha = wanted.head_sha;
  for (const auto& effect : effects) {
    if (!keys.insert(effect.key).second) return "the key was used before: " + effect.key;
    if (auto wrong = perform_one(effect, wanted); !wrong.empty()) return wrong;
  }
  return {};
}

std::string FakeHost::perform_one(const model::Effect& effect, const model::WantedReview& wanted) {
  auto* known = thread(effect.host_ref);
  switch (effect.kind) {
    case EffectKind::create_comment:
      posted.summary_ref = "c1";
      posted.summary_hash = summary_hash(wanted);
      return ++created[effect.slot] > 1 ? "a second summary" : "";
    case EffectKind::edit_comment:
      posted.summary_hash = summary_hash(wanted);
      return effect.host_ref == "c1" ? "" : "an edit of nothing";
    case EffectKind::create_thread:
      posted.threads.push_back({effect.name, effect.value, "t" + std::to_string(posted.threads.size()), effect.path,
                                effect.line, State::open, false});
      return ++created[effect.slot] > 1 ? "a second thread for " + effect.slot : "";
    case EffectKind::reply_thread:
      ++replies;
      return known != nullptr && known->answered ? "" : "a reply nobody asked for";
    case EffectKind::resolve_thread:
      if (known == nullptr || known->state != State::open) return "resolved what is not open";
      known->state = State::resolved_by_bot;
      return {};
    case EffectKind::unresolve_thread:
      if (known == nullptr || known->state != State::resolved_by_bot) return "opened what we had not resolved";
      known->state = State::open;
      return {};
    case EffectKind::set_status: {
      std::erase_if(posted.statuses, [&](const auto& s) { return s.context == effect.name; });
      posted.statuses.push_back(
          {effect.name, *status_state_named(effect.value), effect.description, effect.details_path});
      return effect.head_sha == wanted.head_sha ? "" : "a status for another head";
    }
    default: return "reconcile has no business with " + std::string(model::name_of(effect.kind));
  }
}

}  // namespace greenroom::review
