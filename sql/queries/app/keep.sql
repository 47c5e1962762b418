-- The first one stays. $1 App, $2 its page, $3 sealed key, $4 sealed webhook secret
INSERT INTO github_app (app_id, page, sealed_key, sealed_webhook_secret) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
