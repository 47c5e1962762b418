#pragma once
// Strong ids: a JobId cannot be passed where a ChangeId is meant. Values are Postgres bigints; 0 means "none yet".

#include <compare>
#include <cstdint>
#include <string>

namespace greenroom::model {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

using DeliveryId = Id<struct DeliveryTag>;
using RepositoryId = Id<struct RepositoryTag>;  // our row, not the host's number
using PersonId = Id<struct PersonTag>;          // our row; identity is (host, host_account_id)
using ChangeId = Id<struct ChangeTag>;
using JobId = Id<struct JobTag>;
using EffectId = Id<struct EffectTag>;
using TryId = Id<struct TryTag>;

// 32 hex digits, made at the webhook, carried by every row of one line.
struct TraceId {
  std::string hex;
  bool operator==(const TraceId&) const = default;
};

template <class Tag>
std::string to_string(Id<Tag> id) {
  return std::to_string(id.value);
}

}  // namespace greenroom::model
