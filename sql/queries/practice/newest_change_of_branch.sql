-- $1 repository, $2 branch: whoever made its newest change, open or not
SELECT author_id FROM local_host.item
WHERE repository_id = $1 AND head_ref = $2 AND kind = 'change'
ORDER BY number DESC LIMIT 1
