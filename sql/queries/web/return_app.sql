-- Once, within the hour, in the session that began it. $1 SHA-256 of the state, $2 of the session's token, $3 sealed code
UPDATE app_request SET returned_at = now(), sealed_code = $3
WHERE state_sha256 = $1 AND session_sha256 = $2 AND returned_at IS NULL AND made_at > now() - interval '1 hour'
