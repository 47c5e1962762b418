-- Some hosts name a person by the number alone in some places: what is known of them stays then.
INSERT INTO person (host, host_account_id, login, display_name, is_bot) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (host, host_account_id) DO UPDATE
SET login = coalesce(nullif(excluded.login, ''), person.login),
    display_name = CASE WHEN excluded.login = '' THEN person.display_name ELSE excluded.display_name END,
    is_bot = CASE WHEN excluded.login = '' THEN person.is_bot ELSE excluded.is_bot END
RETURNING id
