-- $1 repository, $2 number
SELECT thread.id, thread.path, thread.line, thread.start_line, thread.head_sha,
       coalesce(nullif(account.display_name, ''), account.login, '') AS resolved_by
FROM local_host.thread LEFT JOIN local_host.account ON account.id = thread.resolved_by
WHERE thread.repository_id = $1 AND thread.number = $2
ORDER BY thread.path, thread.line, thread.id
