#include <algorithm>

#include "lib/base/log.h"
#include "lib/pg/query.h"
#include "lib/pg/wire.h"

namespace greenroom::pg {
namespace {

bool is_identifier(std::string_view name) {
  return !name.empty() && name.size() < 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

struct Connection::Impl {
  Wire wire;
  bool in_transaction = false;
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const Options& options) {
  GREENROOM_TRY(wire, Wire::connect(options));
  return std::unique_ptr<Connection>(new Connection(std::make_unique<Impl>(Impl{std::move(wire)})));
}

Result<Rows> Connection::run(const Query& query, const Params& params) {
  auto rows = impl_->wire.exchange({{query, params}});
  if (!rows) return pass(std::move(rows).error(), query.name);
  return std::move(rows->front());
}

Result<std::vector<Rows>> Connection::run_pipeline(const std::vector<Step>& steps) {
  if (steps.empty()) return std::vector<Rows>{};
  auto rows = impl_->wire.exchange(steps);
  if (rows) return rows;
  Error error = std::move(rows).error();
  // The sync commits: without its answer nobody knows.
  if (!usable() && !impl_->in_transaction) error.kind = ErrorKind::in_doubt;
  return pass(std::move(error), "pipeline from " + std::string(steps.front().query.name));
}

void Connection::roll_back() {
  impl_->in_transaction = false;
  if (!usable()) return;
  const auto undone = run(query("transaction/rollback"));
  if (!undone) log::warn("pg.rollback_failed", {{"error", undone.error()}});
}

Result<void> Connection::transaction(const std::function<Result<void>(Connection&)>& body) {
  if (impl_->in_transaction) return bug("a transaction inside a transaction");
  GREENROOM_CHECK(run(query("transaction/begin")));
  impl_->in_transaction = true;
  Result<void> outcome;
  try {
    outcome = body(*this);
  } catch (...) {  // a bug on its way to the loop that logs it must not leave locks behind
    roll_back();
    throw;
  }
  if (!outcome) {
    roll_back();
    return outcome;
  }
  impl_->in_transaction = false;
  auto committed = run(query("transaction/commit"));
  if (committed) return {};
  Error error = std::move(committed).error();
  if (!usable()) error.kind = ErrorKind::in_doubt;
  return tl::unexpected(std::move(error));
}

Result<void> Connection::run_script(std::string_view sql) { return impl_->wire.script(sql); }

Result<void> Connection::listen(std::string_view channel) {
  if (!is_identifier(channel)) return bug("not a channel name: " + std::string(channel));
  return impl_->wire.script("LISTEN " + std::string(channel));
}

Result<std::optional<Notification>> Connection::wait_notification(std::chrono::milliseconds timeout) {
  return impl_->wire.notification(timeout);
}

Result<std::string> Connection::scram_verifier(const std::string& role, const Secret& password) {
  return impl_->wire.scram_verifier(role, password);
}

bool Connection::usable() const { return impl_->wire.usable(); }

}  // namespace greenroom::pg
