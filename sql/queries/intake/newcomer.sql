-- $1 repository, $2 author, $3 number of the change
SELECT NOT EXISTS (SELECT FROM change WHERE repository_id = $1 AND author_id = $2 AND number <> $3) AS first_change,
       EXISTS (SELECT FROM greeting WHERE repository_id = $1 AND person_id = $2) AS greeted
