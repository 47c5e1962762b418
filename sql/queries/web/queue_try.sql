-- $1 trace, $2 person, $3 file name, $4 content, $5 repository, $6 branch, $7 head, $8 base, $9 whether to run it, $10
-- what it may run, $11 most tries in an hour. No row: there are too many, or one is under way.
INSERT INTO practice_try (trace_id, person_id, file_name, content, repository_id, branch, head_sha, base_sha, run, may_run)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
WHERE (SELECT count(*) FROM practice_try WHERE person_id = $2 AND queued_at > now() - interval '1 hour') < $11
ON CONFLICT DO NOTHING
RETURNING id
