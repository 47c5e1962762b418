-- $1 SHA-256 of the cookie's token in hex, $2 person, $3 CSRF token
INSERT INTO session (token_sha256, person_id, csrf, expires_at) VALUES ($1, $2, $3, now() + interval '14 days')
