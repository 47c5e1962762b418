-- $1 person: their newest changes that are no longer open
SELECT change.number, change.title, change.state, change.closed_at, repository.full_name
FROM change JOIN repository ON repository.id = change.repository_id
WHERE change.author_id = $1 AND change.state <> 'open'
ORDER BY change.closed_at DESC LIMIT 10
