-- $1 person. Their own, newest first.
SELECT t.id, t.file_name, t.branch, t.run, t.state, t.queued_at, r.full_name
FROM practice_try t LEFT JOIN repository r ON r.id = t.repository_id
WHERE t.person_id = $1 AND t.state <> 'cancelled'
ORDER BY t.id DESC LIMIT 20
