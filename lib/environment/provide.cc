#include "lib/base/log.h"
#include "lib/environment/build.h"
#include "lib/environment/cache.h"
#include "lib/environment/environment.h"

namespace greenroom::environment {
namespace {

Provided kept_one(Cache::Kept kept, const checks::EnvironmentPlan& plan) {
  Provided provided;
  provided.kept = true;
  provided.left_out = std::move(kept.manifest.left_out);
  provided.environment =
      Environment{std::move(kept.tree), plan.binds, std::move(kept.manifest.built), std::move(kept.hold)};
  return provided;
}

Provided known_fault(checks::LockFault fault) {
  Provided provided;
  provided.kept = true;
  provided.fault = std::move(fault);
  return provided;
}

class Provision {
 public:
  Provision(const checks::Chosen& chosen, const Settings& settings)
      : chosen_(chosen),
        settings_(settings),
        cache_(settings.directory, settings.clock),
        key_(key_of(chosen.plan, settings)) {}

  // What is known without building; nullopt: nothing, or only one that is too old.
  std::optional<Provided> known() {
    if (auto kept = cache_.find(key_)) {
      if (is_fresh(kept->manifest)) return kept_one(std::move(*kept), chosen_.plan);
      old_ = std::move(*kept);
    }
    if (auto fault = cache_.fault(key_)) return known_fault(std::move(*fault));
    return std::nullopt;
  }

  Result<Provided> make(const std::function<void(process::Stream, std::string_view)>& on_output,
                        const std::function<bool()>& cancelled) {
    GREENROOM_TRY(lock, cache_.lock(key_, cancelled));
    if (auto now = known()) return std::move(*now);
    const auto begun = settings_.clock.steady();
    auto finished = build_and_keep(on_output, cancelled);
    if (finished)
      finished->took = std::chrono::duration_cast<std::chrono::milliseconds>(settings_.clock.steady() - begun);
    else if (old_ && old_->hold)
      return use_old(finished.error());
    return finished;
  }

 private:
  bool is_fresh(const Manifest& manifest) const {
    if (chosen_.plan.pinned) return true;
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(settings_.clock.now().time_since_epoch());
    const auto age = now - std::chrono::seconds(manifest.built_at);
    return age <= settings_.config.seconds("environments.max_age");
  }

  // Better than none while the index is away.
  Provided use_old(const Error& error) {
    log::warn("an environment could not be renewed; the old one is used", {{"key", key_}, {"error", error}});
    return kept_one(std::move(*old_), chosen_.plan);
  }

  Result<Provided> build_and_keep(const std::function<void(process::Stream, std::string_view)>& on_output,
                                  const std::function<bool()>& cancelled) {
    GREENROOM_TRY(building, cache_.begin(key_));
    auto finished = build(chosen_, settings_, building.path, on_output, cancelled);
    if (!finished || finished->fault) Cache::abandon(std::move(building));
    if (!finished) return tl::unexpected<Error>(std::move(finished).error());
    Provided provided;
    provided.log = std::move(finished->log);
    provided.degraded = std::move(finished->degraded);
    provided.left_out = finished->left_out;
    provided.fault = std::move(finished->fault);
    if (provided.fault) {
      cache_.remember(key_, *provided.fault);
      return provided;
    }
    Manifest manifest{std::move(*finished->built), std::move(finished->left_out), finished->bytes, 0};
    if (old_) old_->hold.reset();
    GREENROOM_TRY(kept, cache_.keep(key_, std::move(building), std::move(manifest)));
    provided.environment =
        Environment{std::move(kept.tree), chosen_.plan.binds, std::move(kept.manifest.built), std::move(kept.hold)};
    cache_.make_room(static_cast<std::uint64_t>(settings_.config.integer("environments.cache_bytes")));
    return provided;
  }

  const checks::Chosen& chosen_;
  const Settings& settings_;
  const Cache cache_;
  const std::string key_;
  std::optional<Cache::Kept> old_;
};

}  // namespace

Result<Provided> provide(const checks::Chosen& chosen, const Settings& settings,
                         const std::function<void(process::Stream, std::string_view)>& on_output,
                         const std::function<bool()>& cancelled) {
  Provision provision(chosen, settings);
  if (auto known = provision.known()) return std::move(*known);
  return provision.make(on_output, cancelled);
}

}  // namespace greenroom::environment
