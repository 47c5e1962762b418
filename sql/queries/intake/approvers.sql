-- Who approved the event's head, or the newest one known here. $1 host, $2 host's repository, $3 number, $4 event's head
SELECT DISTINCT person.host_account_id
FROM change
JOIN repository ON repository.id = change.repository_id
JOIN approval ON approval.change_id = change.id AND approval.head_sha IN (change.head_sha, $4)
JOIN person ON person.id = approval.approver_id
WHERE repository.host = $1 AND repository.host_repository_id = $2 AND change.number = $3
