-- What Greenroom knows about a change. $1 repository (ours), $2 number
SELECT change.id, change.author_id, change.head_sha, job.id AS job_id, job.state AS job_state, job.head_sha AS job_head,
       job.reason, job.config_error, coalesce(buddy.display_name, '') AS buddy_name, coalesce(buddy.login, '') AS buddy_login,
       coalesce(buddy.person_id, 0) AS buddy_id, turn.*
FROM change
JOIN change_turn turn ON turn.change_id = change.id
LEFT JOIN LATERAL (
    SELECT * FROM job WHERE job.change_id = change.id ORDER BY (job.head_sha = change.head_sha) DESC, job.id DESC LIMIT 1
) job ON true
LEFT JOIN LATERAL (
    SELECT person.display_name, person.login, buddy_assignment.person_id
    FROM buddy_assignment JOIN person ON person.id = buddy_assignment.person_id
    WHERE buddy_assignment.change_id = change.id AND buddy_assignment.ended_at IS NULL
) buddy ON true
WHERE change.repository_id = $1 AND change.number = $2
