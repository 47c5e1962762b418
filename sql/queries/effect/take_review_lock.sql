-- For as long as the connection lives, or until it is given back. $1 its name
SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken
