SELECT id, login, display_name, kind, coalesce(token_sha256, '') AS token_sha256 FROM local_host.account WHERE login = $1
