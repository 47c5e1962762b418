-- Queues a job unless one of this head is under way. $1 trace, $2 change, $3 head, $4 base, $5 why
INSERT INTO job (trace_id, change_id, head_sha, base_sha, asked, run)
SELECT $1, $2, $3, $4, $5,
       coalesce((SELECT max(run) FROM job WHERE change_id = $2 AND head_sha = $3), 0) + 1
WHERE NOT EXISTS (SELECT FROM job WHERE change_id = $2 AND head_sha = $3 AND state IN ('queued', 'leased')
                  AND cancel_requested_at IS NULL)
RETURNING id
