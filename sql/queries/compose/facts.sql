-- $1 change
SELECT change.repository_id, change.number, change.head_sha, change.state, change.author_id,
       coalesce(nullif(person.display_name, ''), person.login) AS author_name,
       job.id AS job_id, job.state AS job_state, job.reason, job.config_error, job.inline_cap,
       job.size_files, job.size_added, job.size_removed
FROM change JOIN person ON person.id = change.author_id
LEFT JOIN LATERAL (
    SELECT * FROM job WHERE job.change_id = change.id AND job.head_sha = change.head_sha ORDER BY run DESC LIMIT 1
) job ON true
WHERE change.id = $1
