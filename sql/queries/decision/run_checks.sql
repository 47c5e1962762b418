-- Queues a job unless one of this head is under way. $1 trace, $2 change, $3 head, $4 base, $5 why, $6 what it may run,
-- $7 why everything may, $8 priority
INSERT INTO job (trace_id, change_id, head_sha, base_sha, asked, may_run, approved_head, approved_because, priority, run)
SELECT $1, $2, $3, $4, $5, $6, CASE WHEN $6 = 'everything' THEN $3 END, $7, $8,
       coalesce((SELECT max(run) FROM job WHERE change_id = $2 AND head_sha = $3), 0) + 1
WHERE NOT EXISTS (SELECT FROM job WHERE change_id = $2 AND head_sha = $3 AND state IN ('queued', 'leased')
                  AND cancel_requested_at IS NULL)
RETURNING id
