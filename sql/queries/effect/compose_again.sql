-- The host refused a thread: the summary has to say it instead. $1 repository, $2 number
WITH touched AS (
    UPDATE review SET dirty_version = review.dirty_version + 1
    FROM change
    WHERE change.id = review.change_id AND change.repository_id = $1 AND change.number = $2
    RETURNING review.change_id
)
SELECT pg_notify('greenroom_review', change_id::text) FROM touched
