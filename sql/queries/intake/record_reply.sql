-- $1 repository, $2 kind, $3 number, $4 comment, $5 person, $6 at
INSERT INTO human_reply (repository_id, target_kind, number, host_comment_id, person_id, at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
