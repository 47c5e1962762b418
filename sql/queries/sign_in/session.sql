-- $1 SHA-256 of the cookie's token in hex
SELECT session.csrf, session.is_operator, person.id, person.login, person.display_name, person.host,
       person.host_account_id
FROM session JOIN person ON person.id = session.person_id
WHERE session.token_sha256 = $1 AND session.expires_at > now()
