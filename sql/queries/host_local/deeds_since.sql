-- What people did after the cursor, oldest first. $1 repository, $2 cursor, $3 most rows.
SELECT id, kind, event FROM local_host.journal WHERE repository_id = $1 AND id > $2::bigint ORDER BY id LIMIT $3::integer
