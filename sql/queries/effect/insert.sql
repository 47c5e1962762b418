-- A key is used once for ever; only what was dropped before it was sent may be wanted again.
-- $1 trace, $2 repository, $3 target kind, $4 number, $5 key, $6 kind, $7 slot, $8 payload, $9 urgency
INSERT INTO effect (trace_id, repository_id, target_kind, number, key, kind, slot, payload, urgency)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (repository_id, key) DO UPDATE
SET state = 'pending', trace_id = excluded.trace_id, payload = excluded.payload, urgency = excluded.urgency,
    attempts = 0, misses = 0, error = NULL, settled_at = NULL
WHERE effect.state = 'dropped'
RETURNING id
