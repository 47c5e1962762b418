-- $1 account, $2 token's id. No row: that account has no such token.
UPDATE local_host.push_token SET revoked_at = coalesce(revoked_at, now()) WHERE account_id = $1 AND id = $2
RETURNING id
