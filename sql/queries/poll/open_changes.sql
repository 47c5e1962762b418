-- $1 host, $2 host's repository
SELECT change.number, change.head_sha FROM change JOIN repository ON repository.id = change.repository_id
WHERE repository.host = $1 AND repository.host_repository_id = $2 AND change.state = 'open'
