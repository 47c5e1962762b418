-- Those that still work, the newest first. $1 account
SELECT id, made_at, used_at FROM local_host.push_token WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id DESC
