-- The oldest question of a runner that still holds its lease. The next bot may ask the host five seconds later.
UPDATE read_access SET not_before = now() + interval '5 seconds'
WHERE job_id = (
    SELECT a.job_id FROM read_access a JOIN job j ON j.id = a.job_id
    WHERE a.sealed IS NULL AND a.refusal IS NULL AND a.not_before <= now()
      AND j.state = 'leased' AND j.lease_epoch = a.lease_epoch AND j.lease_until > now()
    ORDER BY a.asked_at LIMIT 1
    FOR UPDATE OF a SKIP LOCKED)
RETURNING job_id, lease_epoch, public_key,
    (SELECT r.host FROM job j JOIN change c ON c.id = j.change_id JOIN repository r ON r.id = c.repository_id
     WHERE j.id = job_id) AS host,
    (SELECT r.host_repository_id FROM job j JOIN change c ON c.id = j.change_id JOIN repository r ON r.id = c.repository_id
     WHERE j.id = job_id) AS host_repository_id
