-- $1 person. Whether one of theirs is under way, and when the oldest of this hour stops to count.
SELECT coalesce(bool_or(state IN ('queued', 'leased')), false) AS under_way,
       coalesce(ceil(extract(epoch FROM min(queued_at) + interval '1 hour' - now()) / 60), 0)::bigint AS minutes
FROM practice_try WHERE person_id = $1 AND queued_at > now() - interval '1 hour'
