#include "services/webhook/secret_watch.h"

#include "lib/base/log.h"

namespace greenroom::webhook {
namespace {

constexpr std::chrono::seconds kLookEvery{5}, kAfterAFault{60};

}  // namespace

SecretWatch::SecretWatch(ingress::Ingress& ingress, pg::Options database, BoxKeys keys)
    : ingress_(ingress), kept_(std::move(database), std::move(keys)), thread_([this] { watch(); }) {}

SecretWatch::~SecretWatch() {
  ending_.update([](bool& ending) { ending = true; });
}

Result<bool> SecretWatch::look() {
  if (!published_) GREENROOM_CHECK(kept_.publish());
  published_ = true;
  GREENROOM_TRY(secret, kept_.read());
  if (!secret) return false;
  ingress_.accept("github", std::move(*secret));
  log::info("webhook.secret_taken", {{"host", "github"}});
  return true;
}

void SecretWatch::watch() {
  while (true) {
    const auto there = look();
    if (there && *there) return;
    if (!there) log::warn("webhook.secret_not_read", {{"error", there.error()}});
    const bool passes = there || there.error().kind == ErrorKind::transient;
    if (ending_.wait_for(passes ? kLookEvery : kAfterAFault, [](const bool& ending) { return ending; })) return;
  }
}

}  // namespace greenroom::webhook
