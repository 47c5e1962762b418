-- $1 job: the checks of its newest lease
SELECT k.name, k.kind, k.state, k.headline, k.what, k.why, k.run_yourself, k.tool_version, k.tests_passed, k.tests_failed,
       k.tests_errors, k.tests_skipped, k.stopped_for, k.exit_code, k.log_head, k.log_tail, k.log_cut, k.patch, k.started_at, k.finished_at
FROM check_run k JOIN job j ON j.id = k.job_id AND j.lease_epoch = k.lease_epoch
WHERE k.job_id = $1 ORDER BY k.position
