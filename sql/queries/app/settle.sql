-- $1 state, $2 why there is no App, or NULL
UPDATE app_request SET settled_at = now(), failure = $2 WHERE state_sha256 = $1 AND settled_at IS NULL
