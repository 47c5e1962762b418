-- What is due: never looked at, asked for, an hour old, or five minutes when something is missing, which somebody may be
-- mending. Another bot may take it five minutes later, when this one died over it. $1 hosts that this bot knows
UPDATE connection SET not_before = now() + interval '5 minutes'
WHERE (host, host_repository_id) = (
    SELECT host, host_repository_id FROM connection
    WHERE host = ANY ($1::text[]) AND not_before <= now()
      AND (examined_at IS NULL OR asked_at > examined_at OR examined_at < now()
           - CASE WHEN remarks @> '[{"sign": "missing"}]' THEN interval '5 minutes' ELSE interval '1 hour' END)
    ORDER BY asked_at > examined_at DESC NULLS LAST, examined_at NULLS FIRST, host_repository_id LIMIT 1
    FOR UPDATE SKIP LOCKED)
RETURNING host, host_repository_id
