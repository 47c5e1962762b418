-- $1 try, $2 person: nobody else's is ever found
SELECT t.file_name, t.content, t.branch, t.head_sha, t.run, t.may_run, t.state, t.reason, t.report, t.queued_at,
       t.started_at, t.finished_at, r.full_name
FROM practice_try t LEFT JOIN repository r ON r.id = t.repository_id
WHERE t.id = $1 AND t.person_id = $2 AND t.state <> 'cancelled'
