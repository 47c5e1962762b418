-- $1 host, $2 repository, $3 remarks as JSON. The row may be gone.
UPDATE connection SET remarks = $3::jsonb, examined_at = now(), not_before = now()
WHERE host = $1 AND host_repository_id = $2
