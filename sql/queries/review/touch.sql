-- $1 change, $2 trace: something that the review depends on has changed. What follows from it is traced to that.
WITH touched AS (
    INSERT INTO review (change_id, trace_id) VALUES ($1, $2)
    ON CONFLICT (change_id) DO UPDATE SET dirty_version = review.dirty_version + 1, trace_id = EXCLUDED.trace_id
    RETURNING change_id
)
SELECT pg_notify('greenroom_review', change_id::text) FROM touched
