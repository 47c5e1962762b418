-- Ours for a repository of a host. $1 host, $2 the host's number
SELECT id FROM repository WHERE host = $1 AND host_repository_id = $2
