DELETE FROM timer WHERE repository_id = $1 AND target_kind = $2 AND number = $3 AND name = $4
