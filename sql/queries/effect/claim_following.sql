-- The new threads that wait right behind effect $1, which this bot holds: they may be made in one write with it.
-- At most $2, in their order, under its lease.
UPDATE effect SET state = 'sending', attempts = attempts + 1, not_before = NULL,
                  lease_until = (SELECT first.lease_until FROM effect first WHERE first.id = $1)
WHERE id IN (
    SELECT follower.id FROM effect first
    JOIN effect follower USING (repository_id, target_kind, number)
    WHERE first.id = $1 AND first.state = 'sending' AND follower.id > first.id AND follower.kind = 'create_thread'
      AND follower.state IN ('pending', 'sending', 'in_doubt')
      AND (follower.lease_until IS NULL OR follower.lease_until <= now())
      AND NOT EXISTS (
          SELECT FROM effect between_them
          WHERE between_them.repository_id = first.repository_id AND between_them.target_kind = first.target_kind
            AND between_them.number = first.number AND between_them.id > first.id AND between_them.id < follower.id
            AND between_them.kind <> 'create_thread' AND between_them.state IN ('pending', 'sending', 'in_doubt'))
    ORDER BY follower.id LIMIT $2
    FOR UPDATE OF follower SKIP LOCKED)
RETURNING id, trace_id, repository_id, target_kind, number, key, kind, slot, payload, urgency, attempts, misses,
    (SELECT before.state FROM effect before WHERE before.id = effect.id) AS state_before
