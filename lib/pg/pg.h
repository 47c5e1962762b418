#pragma once
// Postgres through libpq. One Connection per thread at a time; Pool hands them out. libpq's header stays in this room's
// .cc files. SQL is always a named query from sql/queries (see query.h) with parameters; there is no way to splice
// text.
//
// Errors: transient (cannot connect, connection lost, serialization failure, deadlock, disk full, shutting down),
// rejected (permission denied, CHECK or UNIQUE violated: message names the constraint), bug (the SQL is wrong).
// A connection lost while COMMIT (or a pipeline's sync) was in flight is in_doubt; a single statement that runs outside
// a transaction answers transient then, so write it to be repeatable.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"

namespace greenroom::pg {

// One value to bind. Text format, except Bytes, which is sent as binary bytea.
struct Bytes {
  std::string_view data;
};
class Param {
 public:
  Param(std::nullptr_t) {}
  Param(std::string_view text) : value_(text) {}
  Param(const std::string& text) : value_(text) {}
  Param(const char* text) : value_(text) {}
  Param(bool value) : value_(value ? "true" : "false") {}
  Param(std::int64_t value) : value_(std::to_string(value)) {}
  Param(int value) : value_(std::to_string(value)) {}
  Param(double value) : value_(std::to_string(value)) {}
  Param(TimePoint value) : value_(to_rfc3339(value)) {}
  Param(Bytes bytes) : value_(bytes.data), binary_(true) {}
  template <class T>
  Param(const std::optional<T>& value) {
    if (value) *this = Param(*value);
  }
  template <class Tag>
  requires requires(Tag id) {
    id.value;
    typename std::enable_if_t<std::is_same_v<decltype(id.value), std::int64_t>>;
  }
  Param(Tag id) : value_(std::to_string(id.value)) {}

  const std::optional<std::string>& value() const { return value_; }
  bool binary() const { return binary_; }

 private:
  std::optional<std::string> value_;  // copied: parameters may outlive their source in a pipeline
  bool binary_ = false;
};
using Params = std::vector<Param>;

// Postgres array literal for `= ANY($1::text[])` and friends.
std::string text_array(const std::vector<std::string>& values);
std::string int_array(const std::vector<std::int64_t>& values);

// One row of a result. Lives as long as its Rows.
class Row {
 public:
  bool is_null(std::string_view column) const;
  std::string text(std::string_view column) const;      // "" when null
  std::int64_t integer(std::string_view column) const;  // 0 when null
  double real(std::string_view column) const;
  bool boolean(std::string_view column) const;
  TimePoint time(std::string_view column) const;  // epoch when null
  std::optional<TimePoint> maybe_time(std::string_view column) const;
  std::string bytes(std::string_view column) const;  // a bytea column
  // A column that does not exist is a bug in ours and throws std::logic_error.

 private:
  friend class Rows;
  Row(const void* result, int row) : result_(result), row_(row) {}
  const void* result_;
  int row_;
};

class Rows {
 public:
  struct Data;
  explicit Rows(std::shared_ptr<const Data> data);
  int size() const;
  bool empty() const { return size() == 0; }
  Row operator[](int index) const;
  std::int64_t affected() const;  // rows touched by INSERT/UPDATE/DELETE

 private:
  std::shared_ptr<const Data> data_;
};

struct Options {
  std::string conninfo;  // libpq key/value string or URI, without the password
  Secret password;
  std::string application_name = "greenroom";
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds statement_timeout{15000};
};

struct Query {  // from the generated table, see query.h
  std::string_view name;
  std::string_view sql;
};

struct Notification {
  std::string channel;
  std::string payload;
};

// Not thread-safe. Prepares each named query once per connection.
class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const Options& options);
  ~Connection();

  Result<Rows> run(const Query& query, const Params& params = {});

  // Runs several named queries in one pipeline with one sync: one round trip, one transaction.
  // All succeed and are committed, or the first error is returned and nothing is kept.
  struct Step {
    Query query;
    Params params;
  };
  Result<std::vector<Rows>> run_pipeline(const std::vector<Step>& steps);

  // Begins, calls body, commits; rolls back when body fails or throws. Not reentrant.
  Result<void> transaction(const std::function<Result<void>(Connection&)>& body);

  // Only for migrations and test set-up: several statements, no parameters.
  Result<void> run_script(std::string_view sql);

  Result<void> listen(std::string_view channel);  // identifier characters only
  // Waits up to `timeout` for one notification; nullopt on time-out.
  Result<std::optional<Notification>> wait_notification(std::chrono::milliseconds timeout);

  // What the server stores instead of the password, made here so that no statement ever carries the password.
  Result<std::string> scram_verifier(const std::string& role, const Secret& password);

  bool usable() const;  // false once the connection was lost

 private:
  struct Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  void roll_back();
  std::unique_ptr<Impl> impl_;
};

// Thread-safe. Opens lazily, keeps up to `size` connections, drops broken ones.
class Pool {
 public:
  Pool(Options options, std::size_t size);
  ~Pool();

  // Borrows a connection for the duration of body. Waits up to 5 s for a free one, then transient.
  // Retries nothing: the caller knows whether its work can be repeated.
  template <class T>
  Result<T> with(const std::function<Result<T>(Connection&)>& body);
  Result<Rows> run(const Query& query, const Params& params = {});
  Result<void> transaction(const std::function<Result<void>(Connection&)>& body);

  class Lease {  // gives the connection back, or drops it when it is no longer usable
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection);
    Lease(Lease&&) noexcept;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };
  Result<Lease> borrow();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

template <class T>
Result<T> Pool::with(const std::function<Result<T>(Connection&)>& body) {
  auto lease = borrow();
  if (!lease) return tl::unexpected<Error>(lease.error());
  return body(**lease);
}

}  // namespace greenroom::pg
