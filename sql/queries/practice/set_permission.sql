INSERT INTO local_host.member (repository_id, account_id, permission) VALUES ($1, $2, $3)
ON CONFLICT (repository_id, account_id) DO UPDATE SET permission = excluded.permission
