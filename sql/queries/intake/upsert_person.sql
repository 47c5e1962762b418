INSERT INTO person (host, host_account_id, login, display_name, is_bot) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (host, host_account_id) DO UPDATE
SET login = excluded.login, display_name = excluded.display_name, is_bot = excluded.is_bot
RETURNING id
