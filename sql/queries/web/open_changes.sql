-- Every open change with what decides whose turn it is, those that wait longest first.
SELECT change.id, change.number, change.title, change.author_id, change.opened_at, repository.full_name,
       repository.host, repository.host_repository_id, repository.id AS repository_id,
       coalesce(nullif(author.display_name, ''), author.login) AS author_name,
       coalesce(buddy.name, '') AS buddy_name, coalesce(buddy.person_id, 0) AS buddy_id,
       coalesce(job.failed, 0) AS failed, coalesce(job.attention, 0) AS attention, coalesce(job.passed, 0) AS passed, coalesce(job.ours, 0) AS ours,
       coalesce(job.waiting, 0) AS waiting,
       job.state AS job_state, turn.*
FROM change
JOIN change_turn turn ON turn.change_id = change.id
JOIN repository ON repository.id = change.repository_id
JOIN person author ON author.id = change.author_id
LEFT JOIN LATERAL (
    SELECT coalesce(nullif(person.display_name, ''), person.login) AS name, person.id AS person_id
    FROM buddy_assignment JOIN person ON person.id = buddy_assignment.person_id
    WHERE buddy_assignment.change_id = change.id AND buddy_assignment.ended_at IS NULL
) buddy ON true
LEFT JOIN LATERAL (
    SELECT newest.state,
           count(*) FILTER (WHERE check_run.state = 'failed') AS failed,
           count(*) FILTER (WHERE check_run.state = 'attention') AS attention,
           count(*) FILTER (WHERE check_run.state = 'passed') AS passed,
           count(*) FILTER (WHERE check_run.state IN ('errored', 'incomplete')) AS ours,
           count(*) FILTER (WHERE check_run.state = 'waiting') AS waiting
    FROM (SELECT id, state, lease_epoch FROM job
          WHERE job.change_id = change.id AND job.head_sha = change.head_sha ORDER BY run DESC LIMIT 1) newest
    LEFT JOIN check_run ON check_run.job_id = newest.id AND check_run.lease_epoch = newest.lease_epoch
    GROUP BY newest.state
) job ON true
WHERE change.state = 'open'
ORDER BY change.opened_at
LIMIT 300
