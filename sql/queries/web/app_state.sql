-- How far the making of a GitHub App is. $1 SHA-256 of the session's token in hex
SELECT EXISTS (SELECT FROM bot_box) AS bot_ready, EXISTS (SELECT FROM webhook_box) AS webhook_ready,
       (SELECT page FROM github_app) AS page, EXISTS (SELECT FROM connection WHERE host = 'github') AS connected,
       coalesce((SELECT returned_at IS NOT NULL AND settled_at IS NULL FROM app_request WHERE session_sha256 = $1
                 ORDER BY made_at DESC LIMIT 1), false) AS waits,
       (SELECT failure FROM app_request WHERE session_sha256 = $1 ORDER BY made_at DESC LIMIT 1) AS failure
