-- What the living comment should say by now. $1 repository, $2 number of the change, $3 head that was planned for
SELECT review.wanted ->> 'summary' AS summary
FROM review JOIN change ON change.id = review.change_id
WHERE change.repository_id = $1 AND change.number = $2 AND review.wanted ->> 'head_sha' = $3
