-- $1 login, $2 display name, $3 kind, $4 SHA-256 of the push token in hex; null keeps the one that is there.
INSERT INTO local_host.account (login, display_name, kind, token_sha256) VALUES ($1, $2, $3, $4)
ON CONFLICT (login) DO UPDATE
SET display_name = excluded.display_name, kind = excluded.kind,
    token_sha256 = coalesce(excluded.token_sha256, account.token_sha256)
RETURNING id
