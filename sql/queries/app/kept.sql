SELECT app_id, sealed_key FROM github_app
