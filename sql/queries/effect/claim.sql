-- The most urgent, then oldest open effect of some change or issue, for half a minute. Never one whose predecessor on
-- the same target is still open: so a target's effects reach the host in order and one at a time, and the first one is
-- as urgent as the most urgent behind it.
-- $1 hosts that are left alone just now; $2 repositories whose budget is used up, $3 from which urgency on
UPDATE effect SET state = 'sending', attempts = attempts + 1, lease_until = now() + interval '30 seconds',
                  not_before = NULL
FROM (
    SELECT candidate.id, target.urgency
    FROM (SELECT min(open.id) AS id, min(open.urgency) AS urgency FROM effect open
          WHERE open.state IN ('pending', 'sending', 'in_doubt')
          GROUP BY open.repository_id, open.target_kind, open.number) AS target
    JOIN effect candidate ON candidate.id = target.id
    JOIN repository ON repository.id = candidate.repository_id
    WHERE candidate.state IN ('pending', 'sending', 'in_doubt')
      AND (candidate.not_before IS NULL OR candidate.not_before <= now())
      AND (candidate.lease_until IS NULL OR candidate.lease_until <= now())
      AND NOT repository.host = ANY ($1::text[])
      AND NOT EXISTS (
          SELECT FROM unnest($2::bigint[], $3::integer[]) AS used_up (repository_id, urgency)
          WHERE used_up.repository_id = candidate.repository_id AND target.urgency >= used_up.urgency)
    ORDER BY target.urgency, candidate.id LIMIT 1
    FOR UPDATE OF candidate SKIP LOCKED) AS claimed
WHERE effect.id = claimed.id
RETURNING effect.id, trace_id, repository_id, target_kind, number, key, kind, slot, payload, claimed.urgency, attempts,
    misses,
    (SELECT before.state FROM effect before WHERE before.id = effect.id) AS state_before,
    (SELECT host FROM repository WHERE repository.id = repository_id) AS host,
    (SELECT host_repository_id FROM repository WHERE repository.id = repository_id) AS host_repository_id,
    (SELECT head_sha FROM change WHERE change.repository_id = effect.repository_id
       AND change.number = effect.number AND target_kind = 'change') AS newest_head
