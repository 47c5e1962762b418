-- What Greenroom knows about a change. $1 repository (ours), $2 number
SELECT change.id, change.author_id, change.head_sha, job.id AS job_id, job.state AS job_state, job.head_sha AS job_head,
       job.reason, job.config_error, coalesce(buddy.display_name, '') AS buddy_name, coalesce(buddy.login, '') AS buddy_login,
       coalesce(buddy.person_id, 0) AS buddy_id, turn.last_push, turn.last_author_reply, turn.last_project_reply,
       EXISTS (SELECT FROM check_run WHERE check_run.job_id = job.id AND check_run.lease_epoch = job.lease_epoch
               AND check_run.state IN ('attention', 'failed')) AS attention
FROM change
LEFT JOIN LATERAL (
    SELECT * FROM job WHERE job.change_id = change.id ORDER BY (job.head_sha = change.head_sha) DESC, job.id DESC LIMIT 1
) job ON true
LEFT JOIN LATERAL (
    SELECT person.display_name, person.login, buddy_assignment.person_id
    FROM buddy_assignment JOIN person ON person.id = buddy_assignment.person_id
    WHERE buddy_assignment.change_id = change.id AND buddy_assignment.ended_at IS NULL
) buddy ON true
CROSS JOIN LATERAL (
    SELECT coalesce((SELECT max(event.at) FROM event WHERE event.change_id = change.id
                     AND event.kind IN ('change_opened', 'change_updated')), change.opened_at) AS last_push,
           (SELECT max(at) FROM human_reply r WHERE r.repository_id = change.repository_id AND r.target_kind = 'change'
            AND r.number = change.number AND r.person_id = change.author_id) AS last_author_reply,
           (SELECT max(at) FROM human_reply r WHERE r.repository_id = change.repository_id AND r.target_kind = 'change'
            AND r.number = change.number AND r.person_id <> change.author_id) AS last_project_reply
) turn
WHERE change.repository_id = $1 AND change.number = $2
