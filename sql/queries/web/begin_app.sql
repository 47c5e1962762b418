-- $1 SHA-256 of the state in hex, $2 SHA-256 of the session's token in hex
INSERT INTO app_request (state_sha256, session_sha256) VALUES ($1, $2)
