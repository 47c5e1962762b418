-- $1 host repository, $2 full name, $3 default branch
INSERT INTO repository (host, host_repository_id, full_name, default_branch) VALUES ('local', $1, $2, $3)
ON CONFLICT (host, host_repository_id) DO UPDATE SET full_name = excluded.full_name, default_branch = excluded.default_branch
RETURNING id
