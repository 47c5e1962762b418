#include "lib/hosts/gitlab/ingress.h"

#include "lib/base/hash.h"
#include "lib/hosts/gitlab/payload.h"
#include "lib/hosts/gitlab/signature.h"
#include "lib/hosts/meaning.h"
#include "lib/hosts/signature.h"

namespace greenroom::hosts::gitlab {
namespace {

constexpr std::size_t kWord = 128;

bool is_word(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !text.empty() && text.size() <= kWord && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

// Servers before 17.4 have no id of a delivery: the deed's, with what was sent, is the same when it is sent again.
std::string delivery_id(const model::Headers& headers, std::string_view body) {
  for (const char* name : {"webhook-id", "idempotency-key"})
    if (const auto id = only_value(headers, name)) return std::string(*id);
  const auto deed = only_value(headers, "x-gitlab-event-uuid");
  return deed ? std::string(*deed) + "-" + to_hex(sha256(body)).substr(0, 32) : std::string();
}

}  // namespace

Result<Verified> GitlabIngress::verify(const model::Headers& headers, std::string_view body,
                                       const std::vector<Secret>& secrets) const {
  GREENROOM_CHECK(check_sender(headers, body, secrets, clock_.now()));
  const auto id = delivery_id(headers, body);
  if (!is_word(id)) return user_fault("webhook-id, or idempotency-key, is not a delivery's id");
  GREENROOM_TRY(name, name_in(body));
  GREENROOM_TRY(event, event_of(body));
  return Verified{id, name, event ? meaning_of(*event) : ""};
}

Result<std::optional<model::Event>> GitlabIngress::parse(const model::Delivery& delivery) const {
  GREENROOM_TRY(event, event_of(delivery.body));
  if (event) event->trace = delivery.trace;
  return event;
}

}  // namespace greenroom::hosts::gitlab
