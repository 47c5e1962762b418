#include "lib/redis/redis.h"

#include <hiredis/hiredis.h>

#include "lib/redis/link.h"

namespace greenroom::redis {
namespace {

using std::chrono::milliseconds;

std::string text_of(const redisReply& reply) { return reply.str == nullptr ? "" : std::string(reply.str, reply.len); }

// The elements of an array reply; none for any other reply.
std::vector<const redisReply*> elements(const redisReply* reply) {
  if (reply == nullptr || reply->type != REDIS_REPLY_ARRAY) return {};
  return {reply->element, reply->element + reply->elements};
}

// [[id, [field, value, …]], …]. An entry that was deleted while pending has nil in place of its fields.
std::vector<StreamEntry> entries_of(const redisReply* reply) {
  std::vector<StreamEntry> entries;
  for (const auto* pair : elements(reply)) {
    const auto parts = elements(pair);
    if (parts.size() != 2) continue;
    StreamEntry& entry = entries.emplace_back(StreamEntry{text_of(*parts[0]), {}});
    const auto fields = elements(parts[1]);
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
      entry.fields.emplace_back(text_of(*fields[i]), text_of(*fields[i + 1]));
    }
  }
  return entries;
}

std::optional<std::string> message_in(const redisReply* reply) {
  const auto parts = elements(reply);
  if (parts.size() != 3 || text_of(*parts[0]) != "message") return std::nullopt;
  return text_of(*parts[2]);
}

constexpr milliseconds kStopPoll{250};

}  // namespace

struct Client::Impl {
  Link link;
};

Client::Client(Options options) : impl_(std::make_unique<Impl>(Impl{Link(std::move(options))})) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

Result<void> Client::ping() {
  GREENROOM_CHECK(impl_->link.command({"PING"}));
  return {};
}

Result<std::string> Client::stream_add(std::string_view stream, std::string_view field, std::string_view value,
                                       int most) {
  const std::string length = std::to_string(most);
  GREENROOM_TRY(reply, impl_->link.command({"XADD", stream, "MAXLEN", "~", length, "*", field, value}));
  return text_of(*reply);
}

Result<void> Client::ensure_group(std::string_view stream, std::string_view group) {
  auto reply = impl_->link.command({"XGROUP", "CREATE", stream, group, "0", "MKSTREAM"});
  if (reply || reply.error().message.find("BUSYGROUP") != std::string::npos) return {};
  return tl::unexpected(std::move(reply).error());
}

Result<std::vector<StreamEntry>> Client::read_group(std::string_view stream, std::string_view group,
                                                    std::string_view consumer, int count, milliseconds block) {
  const std::string most = std::to_string(count);
  // BLOCK 0 would wait for ever.
  const std::string wait = std::to_string(std::max<std::int64_t>(1, block.count()));
  GREENROOM_TRY(reply, impl_->link.command({"XREADGROUP", "GROUP", group, consumer, "COUNT", most, "BLOCK", wait,
                                            "STREAMS", stream, ">"},
                                           block));
  const auto streams = elements(reply.get());
  if (streams.empty()) return std::vector<StreamEntry>{};
  const auto parts = elements(streams.front());
  return parts.size() == 2 ? entries_of(parts[1]) : std::vector<StreamEntry>{};
}

Result<void> Client::acknowledge(std::string_view stream, std::string_view group, std::string_view id) {
  GREENROOM_CHECK(impl_->link.command({"XACK", stream, group, id}));
  GREENROOM_CHECK(impl_->link.command({"XDEL", stream, id}));
  return {};
}

Result<std::vector<StreamEntry>> Client::auto_claim(std::string_view stream, std::string_view group,
                                                    std::string_view consumer, milliseconds idle) {
  const std::string least = std::to_string(idle.count());
  std::vector<StreamEntry> all;
  std::string cursor = "0-0";
  do {
    GREENROOM_TRY(reply, impl_->link.command({"XAUTOCLAIM", stream, group, consumer, least, cursor}));
    const auto parts = elements(reply.get());
    if (parts.size() < 2) return bug("an answer to XAUTOCLAIM without a cursor");
    cursor = text_of(*parts[0]);
    auto some = entries_of(parts[1]);
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  } while (cursor != "0-0");
  return all;
}

Result<std::int64_t> Client::number_of(std::string_view script, const std::vector<std::string>& keys,
                                       const std::vector<std::string>& arguments) {
  const auto count = std::to_string(keys.size());
  std::vector<std::string_view> words{"EVAL", script, count};
  words.insert(words.end(), keys.begin(), keys.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  GREENROOM_TRY(reply, impl_->link.command(words));
  if (reply->type != REDIS_REPLY_INTEGER) return bug("a script of ours answers no number");
  return static_cast<std::int64_t>(reply->integer);
}

Result<void> Client::publish(std::string_view channel, std::string_view message) {
  GREENROOM_CHECK(impl_->link.command({"PUBLISH", channel, message}));
  return {};
}

Result<void> Client::subscribe(std::string_view channel, const std::function<bool(std::string_view)>& on_message,
                               const std::function<bool()>& stop) {
  GREENROOM_CHECK(impl_->link.command({"SUBSCRIBE", channel}));
  while (!stop()) {
    auto reply = impl_->link.next(kStopPoll);
    if (!reply) return tl::unexpected(std::move(reply).error());
    const auto message = message_in(reply->get());
    if (message && !on_message(*message)) break;
  }
  impl_->link.close();  // a subscribed connection takes no other commands
  return {};
}

}  // namespace greenroom::redis
