-- The host's whole list of repositories: new ones are due at once. $1 host, $2 ids, $3 names
INSERT INTO connection (host, host_repository_id, full_name)
SELECT $1, id, left(full_name, 400) FROM unnest($2::bigint[], $3::text[]) AS listed (id, full_name)
ON CONFLICT (host, host_repository_id) DO UPDATE SET full_name = EXCLUDED.full_name
WHERE connection.full_name <> EXCLUDED.full_name
