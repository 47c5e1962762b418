-- $1 repository, $2 author, $3 title, $4 description, $5 at
INSERT INTO local_host.item (repository_id, number, kind, author_id, title, description, opened_at)
SELECT $1, coalesce(max(number), 0) + 1, 'issue', $2, $3, $4, $5
FROM local_host.item WHERE repository_id = $1
RETURNING number
