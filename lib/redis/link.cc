#include "lib/redis/link.h"

#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/time.h>

#include <csignal>
#include <ctime>

#include "lib/base/text.h"

namespace greenroom::redis {
namespace {

using std::chrono::milliseconds;

timeval to_timeval(milliseconds span) {
  return {static_cast<time_t>(span.count() / 1000), static_cast<suseconds_t>(span.count() % 1000 * 1000)};
}

// hiredis writes with write(2), which raises SIGPIPE when Redis has gone; a library must not end the process.
class SigpipeGuard {
 public:
  SigpipeGuard() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~SigpipeGuard() {
    const timespec now{};
    if (!was_pending_) {
      while (sigtimedwait(&pipe_, nullptr, &now) == -1 && errno == EINTR) {}
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

ErrorKind kind_of(std::string_view message) {
  const auto word = message.substr(0, message.find(' '));
  for (const std::string_view one : {"NOGROUP", "UNBLOCKED"}) {
    if (word == one) return ErrorKind::not_found;
  }
  for (const std::string_view one : {"NOAUTH", "NOPERM", "WRONGPASS"}) {
    if (word == one) return ErrorKind::rejected;
  }
  for (const std::string_view one : {"LOADING", "OOM", "BUSY", "MISCONF", "READONLY", "MASTERDOWN", "TRYAGAIN"}) {
    if (word == one) return ErrorKind::transient;
  }
  return message.starts_with("ERR max number of clients") ? ErrorKind::transient : ErrorKind::bug;
}

}  // namespace

void free_context(redisContext* context) { redisFree(context); }
void free_reply(redisReply* reply) { freeReplyObject(reply); }

Error Link::broken(std::string_view doing) {
  const std::string why = context_ && context_->err != 0 ? context_->errstr : "no memory";
  close();
  return Error{ErrorKind::transient, "lost the connection to Redis: " + scrub_utf8(why), std::string(doing)};
}

Result<void> Link::connect() {
  if (context_) return {};
  const timeval timeout = to_timeval(options_.timeout);
  context_.reset(options_.unix_socket.empty() ? redisConnectWithTimeout(options_.host.c_str(), options_.port, timeout)
                                              : redisConnectUnixWithTimeout(options_.unix_socket.c_str(), timeout));
  if (!context_ || context_->err != 0) return tl::unexpected(broken("connect"));
  redisEnableKeepAlive(context_.get());  // fails on a Unix socket, which needs none
  context_->err = 0;
  if (options_.username.empty()) return {};
  auto signed_in = exchange({"AUTH", options_.username, options_.password.reveal()});
  if (signed_in) return {};
  close();
  return pass(std::move(signed_in).error(), "sign in");
}

Result<RedisReply> Link::exchange(const std::vector<std::string_view>& words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const auto word : words) {
    texts.push_back(word.data());
    lengths.push_back(word.size());
  }
  const SigpipeGuard guard;
  RedisReply reply(static_cast<redisReply*>(
      redisCommandArgv(context_.get(), static_cast<int>(words.size()), texts.data(), lengths.data())));
  if (!reply) return tl::unexpected(broken(words.front()));
  if (reply->type != REDIS_REPLY_ERROR) return reply;
  const std::string message = scrub_utf8({reply->str, reply->len});
  return fail(kind_of(message), "Redis says to " + std::string(words.front()) + ": " + message);
}

Result<RedisReply> Link::command(const std::vector<std::string_view>& words, milliseconds extra) {
  GREENROOM_CHECK(connect());
  if (redisSetTimeout(context_.get(), to_timeval(options_.timeout + extra)) != REDIS_OK) {
    return tl::unexpected(broken("set time-out"));
  }
  return exchange(words);
}

Result<RedisReply> Link::next(milliseconds timeout) {
  while (context_) {
    void* reply = nullptr;
    if (redisGetReplyFromReader(context_.get(), &reply) != REDIS_OK) return tl::unexpected(broken("read"));
    if (reply != nullptr) return RedisReply(static_cast<redisReply*>(reply));
    pollfd fd{context_->fd, POLLIN, 0};
    if (::poll(&fd, 1, static_cast<int>(timeout.count())) <= 0) return RedisReply();
    if (redisBufferRead(context_.get()) != REDIS_OK) return tl::unexpected(broken("read"));
  }
  return transient("not connected to Redis");
}

}  // namespace greenroom::redis
