-- $1 runner. The oldest try that waits, or whose runner is gone. Who tried it is not told.
WITH best AS (
    SELECT id FROM practice_try
    WHERE attempts < 3 AND (state = 'queued' OR (state = 'leased' AND lease_until < now()))
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE practice_try SET state = 'leased', lease_epoch = lease_epoch + 1, attempts = attempts + 1, runner = $1,
                            lease_until = now() + interval '30 seconds', started_at = now()
    WHERE id = (SELECT id FROM best)
    RETURNING id, trace_id, file_name, content, repository_id, head_sha, base_sha, run, may_run, lease_epoch, attempts
)
SELECT t.*, r.host, r.host_repository_id FROM taken t LEFT JOIN repository r ON r.id = t.repository_id
