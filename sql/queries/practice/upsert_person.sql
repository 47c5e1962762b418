-- $1 host account, $2 login, $3 display name, $4 is a bot
INSERT INTO person (host, host_account_id, login, display_name, is_bot) VALUES ('local', $1, $2, $3, $4)
ON CONFLICT (host, host_account_id) DO UPDATE SET login = excluded.login, display_name = excluded.display_name
RETURNING id
