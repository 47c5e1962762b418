-- $1 now
DELETE FROM timer WHERE id = (
    SELECT id FROM timer WHERE due_at <= $1 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING repository_id, target_kind, number, name, due_at
