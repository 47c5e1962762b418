#pragma once
// One libpq connection driven without blocking calls: every wait has an end, also when the server is stopped or the
// network drops packets. Knows pipeline mode and prepared names; knows nothing of transactions. Private to this room.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "lib/pg/native.h"

namespace greenroom::pg {

class Wire {
 public:
  static Result<Wire> connect(const Options& options);

  // Sends all steps with one sync and reads every answer. Transient when the connection was lost: then it cannot
  // be known whether the server did the work.
  Result<std::vector<Rows>> exchange(const std::vector<Connection::Step>& steps);
  Result<void> script(std::string_view sql);  // simple protocol, no deadline
  Result<std::optional<Notification>> notification(std::chrono::milliseconds timeout);
  Result<std::string> scram_verifier(const std::string& role, const Secret& password);
  bool usable() const;  // also notices, without waiting, that the server has gone

 private:
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;
  Wire(PgConn connection, std::chrono::milliseconds answer_timeout);

  Result<void> send(const Connection::Step& step);
  Result<void> flush(Deadline deadline);
  Result<PgResult> next_result(Deadline deadline);  // null between the results of two statements
  Result<std::optional<Rows>> step_result(Deadline deadline, bool prepares, std::optional<Error>& failure);
  Result<bool> wait(bool for_write, Deadline deadline);  // false: the deadline passed
  Error lost(std::string_view doing);

  PgConn connection_;
  std::chrono::milliseconds answer_timeout_;
  std::unordered_set<std::string> prepared_;
  bool broken_ = false;
};

}  // namespace greenroom::pg
