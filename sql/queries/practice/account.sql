-- $1 account, $2 repository: with what they may do there. Everyone with an account may read.
SELECT account.id, account.login, account.display_name, account.kind, coalesce(member.permission, 'read') AS permission
FROM local_host.account
LEFT JOIN local_host.member ON member.account_id = account.id AND member.repository_id = $2
WHERE account.id = $1
