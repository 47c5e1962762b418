-- $1 change, $2 version
UPDATE review SET settled_version = $2 WHERE change_id = $1
