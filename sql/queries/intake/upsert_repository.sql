-- Locks the row: the events of one repository are applied one at a time.
INSERT INTO repository (host, host_repository_id, full_name, default_branch) VALUES ($1, $2, $3, $4)
ON CONFLICT (host, host_repository_id) DO UPDATE
SET full_name = excluded.full_name, default_branch = excluded.default_branch
RETURNING id
