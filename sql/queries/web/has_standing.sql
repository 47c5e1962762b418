-- Whether somebody gave this account more than reading, in any project. $1 account
SELECT EXISTS (SELECT FROM local_host.member WHERE account_id = $1 AND permission <> 'read') AS answer
