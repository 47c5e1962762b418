-- No row: it has no such label. $1 repository, $2 number, $3 label
DELETE FROM local_host.item_label WHERE repository_id = $1 AND number = $2 AND label = $3 RETURNING number
