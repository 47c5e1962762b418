-- A person resolved or reopened one of our threads. $1 repository, $2 change's number, $3 thread, $4 state
UPDATE posted SET state = $4, updated_at = now()
WHERE repository_id = $1 AND target_kind = 'change' AND number = $2 AND host_ref = $3 AND slot LIKE 'thread/%'
