-- $1 account, $2 SHA-256 of the token in hex, $3 how many an account may have. No row: it has that many.
INSERT INTO local_host.push_token (account_id, token_sha256)
SELECT id, $2 FROM local_host.account
WHERE id = $1 AND kind = 'person'
  AND (SELECT count(*) FROM local_host.push_token WHERE account_id = $1 AND revoked_at IS NULL) < $3
RETURNING id
