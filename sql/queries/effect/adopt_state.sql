-- $1 repository, $2 target kind, $3 number, $4 slot, $5 state, $6 answered
UPDATE posted SET state = $5, answered = $6, updated_at = now()
WHERE repository_id = $1 AND target_kind = $2 AND number = $3 AND slot = $4
