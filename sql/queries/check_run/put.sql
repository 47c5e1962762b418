-- Writes one check of a job, but only under its current lease.
-- $1 job, $2 epoch, $3 position, $4 name, $5 kind, $6 state, $7 headline, $8 what, $9 why, $10 run_yourself, $11 tool_version,
-- $12 passed, $13 failed, $14 errors, $15 skipped, $16 exit code, $17 log head, $18 log tail, $19 log cut, $20 patch,
-- $21 started, $22 finished, $23 what the tests were stopped for
INSERT INTO check_run (job_id, lease_epoch, position, name, kind, state, headline, what, why, run_yourself, tool_version,
                       tests_passed, tests_failed, tests_errors, tests_skipped, exit_code, log_head, log_tail, log_cut, patch,
                       started_at, finished_at, stopped_for)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23
FROM job WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
ON CONFLICT (job_id, name) DO UPDATE SET
    lease_epoch = excluded.lease_epoch, position = excluded.position, kind = excluded.kind, what = excluded.what,
    why = excluded.why, run_yourself = excluded.run_yourself, state = excluded.state, headline = excluded.headline,
    tool_version = excluded.tool_version, tests_passed = excluded.tests_passed, tests_failed = excluded.tests_failed,
    tests_errors = excluded.tests_errors, tests_skipped = excluded.tests_skipped, exit_code = excluded.exit_code,
    log_head = excluded.log_head, log_tail = excluded.log_tail, log_cut = excluded.log_cut, patch = excluded.patch,
    started_at = excluded.started_at, finished_at = excluded.finished_at, stopped_for = excluded.stopped_for
WHERE check_run.lease_epoch <= excluded.lease_epoch
