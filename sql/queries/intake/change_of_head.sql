-- The open change whose newest head this is, and its author. $1 host, $2 host's repository, $3 head
SELECT change.number, change.title, person.host_account_id, person.login, person.display_name, person.is_bot
FROM change
JOIN repository ON repository.id = change.repository_id
JOIN person ON person.id = change.author_id
WHERE repository.host = $1 AND repository.host_repository_id = $2 AND change.head_sha = $3 AND change.state = 'open'
ORDER BY change.number DESC LIMIT 1
