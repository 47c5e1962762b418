-- $1 login, $2 SHA-256 of the token in hex, $3 whether it begins an operator's session. Nobody by that login: no row.
INSERT INTO sign_in_link (token_sha256, person_id, expires_at, is_operator)
SELECT $2, id, now() + interval '1 day', $3 FROM person WHERE login = $1 AND NOT is_bot ORDER BY id LIMIT 1
RETURNING person_id
