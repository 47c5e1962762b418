INSERT INTO local_host.repository (full_name, default_branch) VALUES ($1, $2)
ON CONFLICT (full_name) DO UPDATE SET default_branch = excluded.default_branch
RETURNING id
