-- $1 repository, $2 base branch
SELECT number, head_sha FROM local_host.item
WHERE repository_id = $1 AND base_ref = $2 AND kind = 'change' AND state = 'open' ORDER BY number
