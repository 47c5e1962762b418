-- $1 repository, $2 branch
SELECT number, author_id FROM local_host.item
WHERE repository_id = $1 AND head_ref = $2 AND kind = 'change' AND state = 'open'
