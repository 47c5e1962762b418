-- No row: no such repository. The same status again changes nothing and leaves no trace.
-- $1 repository, $2 number, $3 sha, $4 context, $5 state, $6 description, $7 details path, $8 effect key.
WITH found AS (
    SELECT id FROM local_host.repository WHERE id = $1
), changed AS (
    INSERT INTO local_host.status AS standing (repository_id, sha, context, state, description, details_path)
    SELECT id, $3, $4, $5, $6, $7 FROM found
    ON CONFLICT (repository_id, sha, context) DO UPDATE
    SET state = excluded.state, description = excluded.description, details_path = excluded.details_path,
        updated_at = now()
    WHERE (standing.state, standing.description, standing.details_path)
          IS DISTINCT FROM (excluded.state, excluded.description, excluded.details_path)
    RETURNING repository_id
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, $2, 'set_status', $4 || ' ' || $5, $8 FROM changed
)
SELECT id FROM found
