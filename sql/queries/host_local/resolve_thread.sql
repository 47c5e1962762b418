-- $1 repository, $2 number, $3 bot, $4 thread, $5 effect key.
WITH found AS (
    SELECT id, resolved_by FROM local_host.thread
    WHERE repository_id = $1 AND number = $2 AND id = $4::bigint
    FOR UPDATE
), changed AS (
    UPDATE local_host.thread SET resolved_by = $3, resolved_at = now()
    WHERE id IN (SELECT id FROM found WHERE resolved_by IS NULL)
    RETURNING id, repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'resolve_thread', id::text, $5 FROM changed
)
SELECT id FROM found
