-- $1 hours that a try is kept, one at least: the limit of tries counts an hour's.
DELETE FROM practice_try WHERE queued_at < now() - greatest(1, $1::int) * interval '1 hour'
