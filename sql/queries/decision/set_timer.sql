INSERT INTO timer (repository_id, target_kind, number, name, due_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (repository_id, target_kind, number, name) DO UPDATE SET due_at = excluded.due_at
