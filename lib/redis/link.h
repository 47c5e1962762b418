#pragma once
// One connection to Redis: opened when first needed, closed on any network error. Private to this room.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/fd.h"
#include "lib/redis/redis.h"

struct redisContext;
struct redisReply;

namespace greenroom::redis {

void free_context(redisContext* context);
void free_reply(redisReply* reply);
using RedisContext = Owned<redisContext, free_context>;
using RedisReply = Owned<redisReply, free_reply>;

class Link {
 public:
  explicit Link(Options options) : options_(std::move(options)) {}

  // Sends one command and reads its reply, waiting `extra` longer than the usual time-out (for commands that block on
  // the server). Never answers an error reply: those are mapped, NOGROUP and UNBLOCKED to not_found.
  Result<RedisReply> command(const std::vector<std::string_view>& words, std::chrono::milliseconds extra = {});
  // The next message that was pushed to us; null when `timeout` passed first.
  Result<RedisReply> next(std::chrono::milliseconds timeout);
  void close() { context_.reset(); }

 private:
  Result<void> connect();
  Result<RedisReply> exchange(const std::vector<std::string_view>& words);
  Error broken(std::string_view doing);  // maps the context's error, and closes

  Options options_;
  RedisContext context_;
};

}  // namespace greenroom::redis
