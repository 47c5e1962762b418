-- $1 runner. Takes the best claimable job: priority first, then the repository that has the fewest jobs under way (one
-- busy repository cannot starve another), then age. A job whose lease ran out is claimable like a queued one.
WITH best AS (
    SELECT j.id FROM job j JOIN change c ON c.id = j.change_id
    WHERE j.cancel_requested_at IS NULL AND j.attempts < 3
      AND (j.state = 'queued' OR (j.state = 'leased' AND j.lease_until < now()))
    ORDER BY j.priority DESC,
             (SELECT count(*) FROM job l JOIN change o ON o.id = l.change_id WHERE l.state = 'leased' AND o.repository_id = c.repository_id),
             j.id
    LIMIT 1
    FOR UPDATE OF j SKIP LOCKED
), taken AS (
    UPDATE job SET state = 'leased', lease_epoch = lease_epoch + 1, attempts = attempts + 1, runner = $1,
                   lease_until = now() + interval '30 seconds', started_at = now()
    WHERE id = (SELECT id FROM best) RETURNING *
)
SELECT t.id, t.trace_id, c.repository_id, t.change_id, r.host, r.host_repository_id, t.head_sha, t.base_sha,
       t.lease_epoch, t.attempts, t.lease_until
FROM taken t JOIN change c ON c.id = t.change_id JOIN repository r ON r.id = c.repository_id
