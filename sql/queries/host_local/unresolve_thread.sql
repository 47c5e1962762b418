-- $1 repository, $2 number, $3 thread, $4 effect key.
WITH found AS (
    SELECT id, resolved_by FROM local_host.thread
    WHERE repository_id = $1 AND number = $2 AND id = $3::bigint
    FOR UPDATE
), changed AS (
    UPDATE local_host.thread SET resolved_by = NULL, resolved_at = NULL
    WHERE id IN (SELECT id FROM found WHERE resolved_by IS NOT NULL)
    RETURNING id, repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'unresolve_thread', id::text, $4 FROM changed
)
SELECT id FROM found
