-- Whom a link would sign in: unused and not run out. $1 SHA-256 of the token in hex
SELECT person.login, person.display_name FROM sign_in_link JOIN person ON person.id = sign_in_link.person_id
WHERE token_sha256 = $1 AND used_at IS NULL AND expires_at > now()
