SELECT person_id, ended_at IS NULL AS current FROM buddy_assignment WHERE change_id = $1 ORDER BY assigned_at
