-- $1 host, $2 host's repository, $3 number
SELECT change.id FROM change JOIN repository ON repository.id = change.repository_id
WHERE repository.host = $1 AND repository.host_repository_id = $2 AND change.number = $3
