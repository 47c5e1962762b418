#include "lib/queue/practice.h"

#include "lib/pg/query.h"

namespace greenroom::queue {
namespace {

model::PracticeTry try_of(const pg::Row& row) {
  model::PracticeTry lease;
  lease.id = {row.integer("id")};
  lease.trace = {row.text("trace_id")};
  lease.run = row.boolean("run");
  // Whatever else stands there lets nothing run.
  if (row.text("may_run") == model::name_of(model::MayRun::everything)) lease.may_run = model::MayRun::everything;
  lease.lease_epoch = row.integer("lease_epoch");
  lease.attempt = static_cast<int>(row.integer("attempts"));
  if (row.is_null("repository_id")) {
    lease.file_name = row.text("file_name");
    lease.content = row.bytes("content");
    return lease;
  }
  lease.repository = {row.integer("repository_id")};
  lease.host = row.text("host");
  lease.host_repository_id = row.integer("host_repository_id");
  lease.head_sha = row.text("head_sha");
  lease.base_sha = row.text("base_sha");
  return lease;
}

}  // namespace

Result<std::optional<model::PracticeTry>> claim_try(pg::Connection& db, const std::string& runner) {
  GREENROOM_TRY(rows, db.run(pg::query("try/claim"), {runner}));
  if (rows.empty()) return std::optional<model::PracticeTry>();
  return std::optional(try_of(rows[0]));
}

Result<Renewal> renew_try(pg::Connection& db, const model::PracticeTry& lease) {
  GREENROOM_TRY(rows, db.run(pg::query("try/renew"), {lease.id, lease.lease_epoch}));
  return rows.empty() ? Renewal::lost : Renewal::held;
}

Result<void> give_back_try(pg::Connection& db, const model::PracticeTry& lease) {
  GREENROOM_CHECK(db.run(pg::query("try/give_back"), {lease.id, lease.lease_epoch}));
  return {};
}

Result<void> fail_try(pg::Connection& db, const model::PracticeTry& lease, std::string_view reason, bool again) {
  GREENROOM_CHECK(db.run(pg::query("try/fail"), {lease.id, lease.lease_epoch, reason, again}));
  return {};
}

Result<bool> finish_try(pg::Connection& db, const model::PracticeTry& lease, std::string_view report) {
  GREENROOM_TRY(rows, db.run(pg::query("try/finish"), {lease.id, lease.lease_epoch, pg::Bytes{report}}));
  return !rows.empty();
}

Result<void> sweep_tries(pg::Connection& db, std::chrono::hours keep) {
  GREENROOM_CHECK(db.run(pg::query("try/sweep_dead")));
  GREENROOM_CHECK(db.run(pg::query("try/sweep_old"), {std::int64_t{keep.count()}}));
  return {};
}

}  // namespace greenroom::queue
