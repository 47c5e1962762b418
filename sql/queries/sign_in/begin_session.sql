-- $1 SHA-256 of the cookie's token in hex, $2 person, $3 CSRF token, $4 whether an operator's link began it
INSERT INTO session (token_sha256, person_id, csrf, expires_at, is_operator)
VALUES ($1, $2, $3, now() + interval '14 days', $4)
