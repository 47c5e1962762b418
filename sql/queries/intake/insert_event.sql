-- $1 trace, $2 delivery, $3 kind, $4 repository, $5 change, $6 issue, $7 actor, $8 at
INSERT INTO event (trace_id, delivery_id, kind, repository_id, change_id, issue_number, actor_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
