-- The oldest code that came back and nobody exchanged yet.
UPDATE app_request SET claimed_at = now()
WHERE state_sha256 = (
    SELECT state_sha256 FROM app_request
    WHERE sealed_code IS NOT NULL AND claimed_at IS NULL AND settled_at IS NULL
    ORDER BY returned_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING state_sha256, sealed_code, (SELECT public_key FROM webhook_box) AS webhook_key,
    EXISTS (SELECT FROM github_app) AS has_app
