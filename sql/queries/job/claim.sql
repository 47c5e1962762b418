-- $1 job, $2 runner. A job that continues another starts after that one ended.
WITH taken AS (
    UPDATE job SET state = 'leased', lease_epoch = lease_epoch + 1, attempts = attempts + 1, runner = $2,
                   lease_until = now() + interval '30 seconds', started_at = now()
    WHERE id = $1 AND cancel_requested_at IS NULL AND attempts < 3
      AND (state = 'queued' OR (state = 'leased' AND lease_until < now()))
      AND NOT EXISTS (SELECT FROM job earlier WHERE earlier.id = job.continues AND earlier.state IN ('queued', 'leased'))
    RETURNING *
)
SELECT t.id, t.trace_id, c.repository_id, t.change_id, r.host, r.host_repository_id, t.head_sha, t.base_sha,
       t.may_run, t.approved_head, t.continues, t.lease_epoch, t.attempts, t.lease_until,
       (extract(epoch FROM now() - t.queued_at) * 1000000)::bigint AS waited_microseconds
FROM taken t JOIN change c ON c.id = t.change_id JOIN repository r ON r.id = c.repository_id
