#pragma once
// What every service does at its start and at its end: configuration, the options of its connections, the two signals
// that end it, and the file that tells whoever started it that it is ready.

#include <functional>
#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/config/config.h"
#include "lib/http/server.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"

namespace greenroom::service {

// Of "database.*"; where no user is named, the role of this service: greenroom_webhook, greenroom_bot, …
pg::Options database_of(const config::Config& config, std::string_view service);
// Of "redis.*".
redis::Options redis_of(const config::Config& config);
// Where the setting `key` says, "127.0.0.1:8080"; port 0 takes any free one. Errors: user_fault.
Result<http::ServerOptions> listen_at(const config::Config& config, std::string_view key);

// <state.directory>/run/<service>.ready with the process id in it, for as long as this object lives.
class ReadyFile {
 public:
  // Makes the folder. Errors: user_fault, with the path and why it cannot be written.
  static Result<ReadyFile> make(const config::Config& config, std::string_view service);
  ReadyFile(ReadyFile&& other) noexcept;
  ReadyFile& operator=(ReadyFile&&) = delete;
  ~ReadyFile();

 private:
  explicit ReadyFile(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty: moved away
};

// The two below are for a service that run() started, from any of its threads.
// Whether TERM or INT has come.
bool is_ending();
// Blocks until TERM or INT comes.
void await_ending();

// A service's whole main, called before any thread is made. Holds TERM and INT back for await_ending(), makes SIGPIPE
// an error of the writer, keeps /proc of this process from others of the same user, starts the log, reads the
// configuration, serves. Returns the exit status: 0, 2 when what it was given is wrong (user_fault), 1 for other
// errors.
int run(std::string_view service, const std::function<Result<void>(const config::Config&)>& serve);

}  // namespace greenroom::service
