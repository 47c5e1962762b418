DELETE FROM app_request WHERE made_at < now() - interval '1 day'
