-- $1 repository, $2 number, $3 head, $4 base
UPDATE local_host.item SET head_sha = $3, base_sha = $4 WHERE repository_id = $1 AND number = $2
