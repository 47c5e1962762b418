-- $1 repository, $2 author, $3 change, $4 head
SELECT (SELECT count(*) FROM change WHERE repository_id = $1 AND author_id = $2 AND state = 'merged') AS merged,
       EXISTS (SELECT FROM section WHERE change_id = $3 AND name = 'approval') AS section,
       person.host_account_id AS approver, person.login AS approver_login
FROM (SELECT) one
LEFT JOIN approval ON approval.change_id = $3 AND approval.head_sha = $4
LEFT JOIN person ON person.id = approval.approver_id
