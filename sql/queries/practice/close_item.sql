-- No row: it is not open. $1 repository, $2 number, $3 closed or merged, $4 at
UPDATE local_host.item SET state = $3, closed_at = $4 WHERE repository_id = $1 AND number = $2 AND state = 'open'
RETURNING number
