-- No row: another bot has moved it meanwhile. $1 host, $2 host's repository, $3 from, "" for the first time; $4 to
INSERT INTO poll_cursor AS standing (host, host_repository_id, cursor) VALUES ($1, $2, $4)
ON CONFLICT (host, host_repository_id) DO UPDATE SET cursor = excluded.cursor, moved_at = now()
WHERE standing.cursor = $3
RETURNING cursor
