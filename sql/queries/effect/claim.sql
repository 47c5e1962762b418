-- The oldest open effect of some change or issue, for half a minute. Never one whose predecessor on the same target
-- is still open: so a target's effects reach the host in order and one at a time.
UPDATE effect SET state = 'sending', attempts = attempts + 1, lease_until = now() + interval '30 seconds',
                  not_before = NULL
WHERE id = (
    SELECT id FROM effect candidate
    WHERE state IN ('pending', 'sending', 'in_doubt')
      AND (not_before IS NULL OR not_before <= now())
      AND (lease_until IS NULL OR lease_until <= now())
      AND NOT EXISTS (
          SELECT FROM effect earlier
          WHERE earlier.repository_id = candidate.repository_id AND earlier.target_kind = candidate.target_kind
            AND earlier.number = candidate.number AND earlier.id < candidate.id
            AND earlier.state IN ('pending', 'sending', 'in_doubt'))
    ORDER BY id LIMIT 1
    FOR UPDATE SKIP LOCKED)
RETURNING id, trace_id, repository_id, target_kind, number, key, kind, slot, payload, attempts, misses,
    (SELECT before.state FROM effect before WHERE before.id = effect.id) AS state_before,
    (SELECT host FROM repository WHERE repository.id = repository_id) AS host,
    (SELECT host_repository_id FROM repository WHERE repository.id = repository_id) AS host_repository_id,
    (SELECT head_sha FROM change WHERE change.repository_id = effect.repository_id
       AND change.number = effect.number AND target_kind = 'change') AS newest_head
