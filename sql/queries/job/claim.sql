-- $1 job, $2 runner
WITH taken AS (
    UPDATE job SET state = 'leased', lease_epoch = lease_epoch + 1, attempts = attempts + 1, runner = $2,
                   lease_until = now() + interval '30 seconds', started_at = now()
    WHERE id = $1 AND cancel_requested_at IS NULL AND attempts < 3
      AND (state = 'queued' OR (state = 'leased' AND lease_until < now()))
    RETURNING *
)
SELECT t.id, t.trace_id, c.repository_id, t.change_id, r.host, r.host_repository_id, t.head_sha, t.base_sha,
       t.lease_epoch, t.attempts, t.lease_until
FROM taken t JOIN change c ON c.id = t.change_id JOIN repository r ON r.id = c.repository_id
