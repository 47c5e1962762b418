-- $1 repository, $2 number
SELECT slot, host_ref, body_hash, state, answered, detail FROM posted
WHERE repository_id = $1 AND target_kind = 'change' AND number = $2
ORDER BY slot
