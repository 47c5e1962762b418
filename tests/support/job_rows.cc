#include "tests/support/job_rows.h"

#include <stdexcept>

namespace greenroom::testing {
namespace {

void need(const Result<pg::Rows>& rows) {
  if (!rows) throw std::runtime_error(rows.error().describe());
}

void run(TestDatabase& db, const std::string& sql, const pg::Params& params) {
  need(db.connection().run({sql, sql}, params));
}

constexpr const char* kRepository =
    "INSERT INTO repository (id, host, host_repository_id, full_name, default_branch) OVERRIDING SYSTEM VALUE "
    "VALUES ($1::bigint, 'local', $1::bigint, 'practice/r' || $1::bigint, 'main') ON CONFLICT DO NOTHING";
constexpr const char* kAuthor =
    "INSERT INTO person (id, host, host_account_id, login) OVERRIDING SYSTEM VALUE "
    "VALUES (1, 'local', 1, 'ada') ON CONFLICT DO NOTHING";
constexpr const char* kChange =
    "INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha, opened_at) "
    "VALUES ($1, $2, 1, 'A change', 'topic', 'main', $3, $4, now()) "
    "ON CONFLICT (repository_id, number) DO UPDATE SET head_sha = excluded.head_sha";
constexpr const char* kJob =
    "INSERT INTO job (trace_id, change_id, head_sha, base_sha, priority, may_run, approved_head, approved_because, "
    "continues, run) "
    "SELECT repeat('a', 32), id, $3, $4, $5, $6, CASE WHEN $6 = 'everything' THEN $3 END, "
    "CASE WHEN $6 = 'everything' THEN 'ada may' ELSE '' END, $7, "
    "(SELECT count(*) + 1 FROM job WHERE job.change_id = change.id AND job.head_sha = $3) "
    "FROM change WHERE repository_id = $1 AND number = $2 RETURNING id";

}  // namespace

model::JobId insert_job(TestDatabase& db, const JobRow& row) {
  run(db, kRepository, {row.repository});
  run(db, kAuthor, {});
  run(db, kChange, {row.repository, row.change, row.head_sha, row.base_sha});
  const auto rows = db.connection().run(
      {kJob, kJob}, {row.repository, row.change, row.head_sha, row.base_sha, row.priority, model::name_of(row.may_run),
                     row.continues ? std::optional(row.continues) : std::nullopt});
  need(rows);
  return {(*rows)[0].integer("id")};
}

void expire_lease(TestDatabase& db, model::JobId job) {
  run(db, "UPDATE job SET lease_until = now() - interval '1 second' WHERE id = $1 AND state = 'leased'", {job});
}

void age_queued(TestDatabase& db, model::JobId job, int seconds) {
  run(db, "UPDATE job SET queued_at = queued_at - $2 * interval '1 second' WHERE id = $1", {job, seconds});
}

void request_cancel(TestDatabase& db, model::JobId job, const std::string& reason) {
  run(db, "UPDATE job SET cancel_requested_at = now(), reason = $2 WHERE id = $1", {job, reason});
}

std::string job_field(TestDatabase& db, model::JobId job, const std::string& column) {
  return db.answer("SELECT " + column + " AS answer FROM job WHERE id = " + to_string(job));
}

}  // namespace greenroom::testing
