#pragma once
// Redis through hiredis 0.14. Streams carry job ids, pub/sub carries live logs; Redis is never the truth.
// hiredis's header stays in redis.cc. Any error closes the connection; the next call reconnects.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"

namespace greenroom::redis {

struct Options {
  std::string host = "127.0.0.1";
  int port = 6379;
  std::string unix_socket;  // used instead of host and port when set
  std::string username;     // ACL user; empty: no AUTH
  Secret password;
  std::chrono::milliseconds timeout{2000};
};

struct StreamEntry {
  std::string id;
  std::vector<std::pair<std::string, std::string>> fields;
};

// Not thread-safe: one per thread. Every call: transient on network errors and when Redis is loading or out of
// memory, rejected on NOAUTH/NOPERM, bug on any other error reply.
class Client {
 public:
  explicit Client(Options options);
  ~Client();
  Client(Client&&) noexcept;

  Result<void> ping();
  // Answers the entry's id. The oldest entries are dropped once there are about `most` (a stream here only wakes
  // readers: what is to be done is in Postgres), so that readers who are away cannot fill Redis.
  Result<std::string> stream_add(std::string_view stream, std::string_view field, std::string_view value,
                                 int most = 10'000);
  // Creates group and stream when they do not exist (from id 0); a FLUSHALL in between is healed by the next call.
  Result<void> ensure_group(std::string_view stream, std::string_view group);
  // Waits up to `block`; empty on time-out. not_found when the group is gone: call ensure_group again.
  Result<std::vector<StreamEntry>> read_group(std::string_view stream, std::string_view group,
                                              std::string_view consumer, int count, std::chrono::milliseconds block);
  Result<void> acknowledge(std::string_view stream, std::string_view group, std::string_view id);  // XACK + XDEL
  // Entries idle for at least `idle`, taken over by `consumer`; follows the cursor to its end.
  Result<std::vector<StreamEntry>> auto_claim(std::string_view stream, std::string_view group,
                                              std::string_view consumer, std::chrono::milliseconds idle);
  // Runs a Lua script, which Redis does as one step, and answers the number that it returns.
  Result<std::int64_t> number_of(std::string_view script, const std::vector<std::string>& keys,
                                 const std::vector<std::string>& arguments);
  Result<void> publish(std::string_view channel, std::string_view message);
  // Blocks on the channel and calls on_message until it returns false, `stop` becomes true (polled every 250 ms),
  // or the connection fails. Use a Client of its own.
  Result<void> subscribe(std::string_view channel, const std::function<bool(std::string_view)>& on_message,
                         const std::function<bool()>& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::redis
