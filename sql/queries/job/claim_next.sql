-- $1 runner, $2 most jobs of one repository at one time (0: any number), $3 the level of a person who waits, $4 seconds
-- of waiting that raise a job by one level, up to that one. Takes the best claimable job: level first, then the
-- repository that has the fewest jobs under way, then the one that was served longest ago (one busy repository cannot
-- starve another), then age. A job whose lease ran out is claimable like a queued one; one that continues another
-- starts after that one ended. After job/claim_lock.
WITH claimable AS (
    SELECT j.id, c.repository_id,
           greatest(j.priority, least($3, j.priority + floor(extract(epoch FROM now() - j.queued_at) / $4::int))) AS level
    FROM job j JOIN change c ON c.id = j.change_id
    WHERE j.cancel_requested_at IS NULL AND j.attempts < 3
      AND (j.state = 'queued' OR (j.state = 'leased' AND j.lease_until < now()))
      AND NOT EXISTS (SELECT FROM job earlier WHERE earlier.id = j.continues AND earlier.state IN ('queued', 'leased'))
), busy AS (
    SELECT c.repository_id, count(*) AS jobs FROM job l JOIN change c ON c.id = l.change_id
    WHERE l.state = 'leased' AND l.lease_until >= now() GROUP BY c.repository_id
), best AS (
    SELECT j.id FROM claimable q JOIN job j ON j.id = q.id
    LEFT JOIN busy b ON b.repository_id = q.repository_id LEFT JOIN queue_turn t ON t.repository_id = q.repository_id
    WHERE $2 = 0 OR coalesce(b.jobs, 0) < $2
    ORDER BY q.level DESC, coalesce(b.jobs, 0), t.served_at NULLS FIRST, q.id
    LIMIT 1
    FOR UPDATE OF j SKIP LOCKED
), taken AS (
    UPDATE job SET state = 'leased', lease_epoch = lease_epoch + 1, attempts = attempts + 1, runner = $1,
                   lease_until = now() + interval '30 seconds', started_at = now()
    WHERE id = (SELECT id FROM best) RETURNING *
), served AS (
    INSERT INTO queue_turn (repository_id, served_at)
    SELECT c.repository_id, clock_timestamp() FROM taken t JOIN change c ON c.id = t.change_id
    ON CONFLICT (repository_id) DO UPDATE SET served_at = excluded.served_at
)
SELECT t.id, t.trace_id, c.repository_id, t.change_id, r.host, r.host_repository_id, t.head_sha, t.base_sha,
       t.may_run, t.approved_head, t.continues, t.lease_epoch, t.attempts, t.lease_until,
       (extract(epoch FROM now() - t.queued_at) * 1000000)::bigint AS waited_microseconds
FROM taken t JOIN change c ON c.id = t.change_id JOIN repository r ON r.id = c.repository_id
