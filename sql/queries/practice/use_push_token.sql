-- $1 login, $2 SHA-256 of the token in hex. No row: that account never had it.
UPDATE local_host.push_token SET used_at = CASE WHEN revoked_at IS NULL THEN now() ELSE used_at END
FROM local_host.account
WHERE account.id = push_token.account_id AND account.login = $1 AND push_token.token_sha256 = $2
RETURNING account.id, account.login, account.display_name, account.kind, push_token.revoked_at IS NOT NULL AS revoked
