-- $1 repository, $2 target kind, $3 number, $4 slot, $5 host's reference, $6 hash of the body, $7 detail
INSERT INTO posted (repository_id, target_kind, number, slot, host_ref, body_hash, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (repository_id, target_kind, number, slot) DO UPDATE
SET host_ref = excluded.host_ref, body_hash = excluded.body_hash, detail = excluded.detail, updated_at = now()
