-- Everyone with an account may read; no row: no such account. $1 repository, $2 account.
SELECT coalesce(member.permission, 'read') AS permission
FROM local_host.account
LEFT JOIN local_host.member ON member.account_id = account.id AND member.repository_id = $1
WHERE account.id = $2
