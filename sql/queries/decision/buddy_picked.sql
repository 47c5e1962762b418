-- $1 repository, $2 person, $3 now
UPDATE buddy SET last_picked = $3 WHERE repository_id = $1 AND person_id = $2
