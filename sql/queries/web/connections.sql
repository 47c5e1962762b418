-- Each host, then its repositories; those of which something is missing first.
SELECT host, host_repository_id, full_name, remarks::text AS remarks, examined_at,
       coalesce(asked_at > examined_at, examined_at IS NULL) AS waits
FROM connection
ORDER BY host, host_repository_id <> 0, remarks @> '[{"sign": "missing"}]' DESC, full_name
LIMIT 1000
