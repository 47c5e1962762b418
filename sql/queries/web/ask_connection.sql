-- $1 host, $2 repository, 0 for the host itself
UPDATE connection SET asked_at = now() WHERE host = $1 AND host_repository_id = $2
