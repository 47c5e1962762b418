-- One change or issue with its author. $1 repository, $2 number
SELECT item.number, item.kind, item.title, item.description, item.state, item.opened_at, item.closed_at,
       coalesce(item.head_ref, '') AS head_ref, coalesce(item.base_ref, '') AS base_ref,
       coalesce(item.head_sha, '') AS head_sha, coalesce(item.base_sha, '') AS base_sha,
       author.id AS author_id, author.login, author.display_name, author.kind AS author_kind,
       coalesce(assignee.login, '') AS assignee_login,
       coalesce(nullif(assignee.display_name, ''), assignee.login, '') AS assignee_name,
       coalesce(member.permission IN ('triage', 'write', 'admin'), false) AS trusted_author,
       repository.full_name, repository.default_branch
FROM local_host.item
JOIN local_host.repository ON repository.id = item.repository_id
JOIN local_host.account author ON author.id = item.author_id
LEFT JOIN local_host.account assignee ON assignee.id = item.assignee_id
LEFT JOIN local_host.member ON member.repository_id = item.repository_id AND member.account_id = item.author_id
WHERE item.repository_id = $1 AND item.number = $2
