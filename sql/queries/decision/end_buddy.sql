UPDATE buddy_assignment SET ended_at = now() WHERE change_id = $1 AND ended_at IS NULL
