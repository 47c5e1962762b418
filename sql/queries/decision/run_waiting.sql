-- Queues what the head's newest job may not run; it starts once that one has ended, and keeps what that one found.
-- $1 trace, $2 change, $3 head, $4 why, $5 why everything may run, $6 priority
INSERT INTO job (trace_id, change_id, head_sha, base_sha, asked, may_run, approved_head, approved_because, priority,
                 continues, run)
SELECT $1, newest.change_id, newest.head_sha, newest.base_sha, $4, 'everything', newest.head_sha, $5, $6,
       newest.id, newest.run + 1
FROM (SELECT * FROM job WHERE change_id = $2 AND head_sha = $3 ORDER BY run DESC LIMIT 1) newest
WHERE newest.may_run <> 'everything' AND newest.state <> 'cancelled' AND newest.cancel_requested_at IS NULL
RETURNING id
