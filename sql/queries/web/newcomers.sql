-- Everyone of a repository who is no member, with how far they came. $1 repository (ours)
SELECT person.id, person.login, person.host_account_id, coalesce(nullif(person.display_name, ''), person.login) AS name,
       counts.changes, counts.merged, counts.merged_lately, counts.last_change,
       (SELECT count(*) FROM human_reply r WHERE r.repository_id = $1 AND r.person_id = person.id) AS replies,
       first.number AS first_number, first.title AS first_title, first.opened_at AS first_opened_at,
       (SELECT min(r.at) FROM human_reply r WHERE r.repository_id = $1 AND r.target_kind = 'change'
        AND r.number = first.number AND r.person_id <> person.id) AS first_reply_at,
       coalesce(buddy.name, '') AS buddy_name,
       coalesce((SELECT string_agg(DISTINCT buddy_assignment.person_id::text, ' ') FROM buddy_assignment
                 JOIN change ON change.id = buddy_assignment.change_id
                 WHERE change.repository_id = $1 AND change.author_id = person.id), '') AS buddies
FROM person
CROSS JOIN LATERAL (
    SELECT count(*) AS changes, count(*) FILTER (WHERE change.state = 'merged') AS merged,
           count(*) FILTER (WHERE change.state = 'merged' AND change.closed_at > now() - interval '90 days') AS merged_lately,
           max(change.opened_at) AS last_change, bool_or(change.trusted_author) AS trusted
    FROM change WHERE change.repository_id = $1 AND change.author_id = person.id
) counts
LEFT JOIN LATERAL (
    SELECT number, title, opened_at FROM change
    WHERE change.repository_id = $1 AND change.author_id = person.id ORDER BY opened_at LIMIT 1
) first ON true
LEFT JOIN LATERAL (
    SELECT coalesce(nullif(helper.display_name, ''), helper.login) AS name
    FROM buddy_assignment JOIN change ON change.id = buddy_assignment.change_id
    JOIN person helper ON helper.id = buddy_assignment.person_id
    WHERE change.repository_id = $1 AND change.author_id = person.id AND buddy_assignment.ended_at IS NULL
    ORDER BY buddy_assignment.assigned_at DESC LIMIT 1
) buddy ON true
WHERE NOT person.is_bot AND NOT coalesce(counts.trusted, false)
  AND NOT EXISTS (SELECT FROM buddy WHERE buddy.repository_id = $1 AND buddy.person_id = person.id)
  AND (counts.changes > 0 OR EXISTS (SELECT FROM human_reply r WHERE r.repository_id = $1 AND r.person_id = person.id)
       OR EXISTS (SELECT FROM event WHERE event.repository_id = $1 AND event.actor_id = person.id))
ORDER BY counts.last_change DESC NULLS LAST, person.id
LIMIT 500
