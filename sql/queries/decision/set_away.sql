-- $1 repository, $2 person, $3 until
UPDATE buddy SET away_until = $3 WHERE repository_id = $1 AND person_id = $2
