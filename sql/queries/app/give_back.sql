-- It was not exchanged after all. $1 state
UPDATE app_request SET claimed_at = NULL WHERE state_sha256 = $1 AND settled_at IS NULL
