-- A change as it is now, in the host's own time. $1 repository, $2 number.
SELECT now() AS at, repository.full_name, repository.default_branch,
       item.title, item.description, item.state, item.head_ref, item.base_ref, item.head_sha, item.base_sha,
       account.id AS author_id, account.login, account.display_name, account.kind,
       coalesce(member.permission IN ('triage', 'write', 'admin'), false) AS trusted_author
FROM local_host.item
JOIN local_host.repository ON repository.id = item.repository_id
JOIN local_host.account ON account.id = item.author_id
LEFT JOIN local_host.member ON member.repository_id = item.repository_id AND member.account_id = item.author_id
WHERE item.repository_id = $1 AND item.number = $2 AND item.kind = 'change'
