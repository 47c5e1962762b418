-- Removes what lies before the cursor, but for the newest rows of the repository. $1 repository, $2 cursor, $3 rows to keep
DELETE FROM local_host.journal
WHERE repository_id = $1 AND id <= $2::bigint
  AND id <= (SELECT id FROM local_host.journal WHERE repository_id = $1 ORDER BY id DESC OFFSET $3::integer LIMIT 1)
