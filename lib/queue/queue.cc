#include "lib/queue/queue.h"

#include "lib/pg/query.h"

namespace greenroom::queue {
namespace {

// Only what is written for exactly this head counts; whatever else stands there lets nothing of the change run.
model::MayRun may_run_in(const pg::Row& row) {
  const std::string word = row.text("may_run");
  if (word == model::name_of(model::MayRun::reading)) return model::MayRun::reading;
  const bool approved = word == model::name_of(model::MayRun::everything) && !row.is_null("approved_head") &&
                        row.text("approved_head") == row.text("head_sha");
  return approved ? model::MayRun::everything : model::MayRun::nothing;
}

std::optional<model::Job> job_of(const pg::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const pg::Row row = rows[0];
  model::Job job;
  job.id = {row.integer("id")};
  job.trace = {row.text("trace_id")};
  job.repository = {row.integer("repository_id")};
  job.change = {row.integer("change_id")};
  job.host = row.text("host");
  job.host_repository_id = row.integer("host_repository_id");
  job.head_sha = row.text("head_sha");
  job.base_sha = row.text("base_sha");
  job.may_run = may_run_in(row);
  if (!row.is_null("continues")) job.continues = {row.integer("continues")};
  job.lease_epoch = row.integer("lease_epoch");
  job.attempt = static_cast<int>(row.integer("attempts"));
  job.lease_until = row.time("lease_until");
  job.waited = Duration(row.integer("waited_microseconds"));
  return job;
}

}  // namespace

Result<void> announce(redis::Client& redis, model::JobId job) {
  GREENROOM_TRY(id, redis.stream_add(kStream, "job", to_string(job)));
  return {};
}

Result<std::optional<model::Job>> claim(pg::Connection& db, model::JobId job, const std::string& runner) {
  GREENROOM_TRY(rows, db.run(pg::query("job/claim"), {job, runner}));
  return job_of(rows);
}

Result<std::optional<model::Job>> claim_next(pg::Connection& db, const std::string& runner, int repository_slots) {
  const auto raised_after = std::chrono::seconds(model::kRaisedAfter).count();
  auto answers = db.run_pipeline(
      {{pg::query("job/claim_lock"), {}},
       {pg::query("job/claim_next"), {runner, repository_slots, model::kPersonWaits, std::int64_t{raised_after}}}});
  if (answers) return job_of(answers->back());
  // A job that was taken without our knowing comes back when its lease runs out: asking again harms nothing.
  if (answers.error().kind == ErrorKind::in_doubt) answers.error().kind = ErrorKind::transient;
  return tl::unexpected<Error>(std::move(answers).error());
}

Result<Renewal> renew(pg::Connection& db, const model::Job& job) {
  GREENROOM_TRY(rows, db.run(pg::query("job/renew"), {job.id, job.lease_epoch}));
  if (rows.empty()) return Renewal::lost;
  return rows[0].boolean("cancel_requested") ? Renewal::cancel_requested : Renewal::held;
}

Result<void> give_back(pg::Connection& db, const model::Job& job) {
  GREENROOM_TRY(rows, db.run(pg::query("job/give_back"), {job.id, job.lease_epoch}));
  return {};
}

Result<void> end_cancelled(pg::Connection& db, const model::Job& job) {
  GREENROOM_TRY(rows, db.run(pg::query("job/end_cancelled"), {job.id, job.lease_epoch}));
  return {};
}

Result<void> fail_attempt(pg::Connection& db, const model::Job& job, std::string_view reason, bool again) {
  return db.transaction([&](pg::Connection& inside) -> Result<void> {
    GREENROOM_TRY(rows, inside.run(pg::query("job/fail_attempt"), {job.id, job.lease_epoch, reason, again}));
    if (rows.empty() || rows[0].text("state") != "dead") return {};
    GREENROOM_TRY(touched,
                  inside.run(pg::query("review/touch"), {rows[0].integer("change_id"), rows[0].text("trace_id")}));
    return {};
  });
}

}  // namespace greenroom::queue
