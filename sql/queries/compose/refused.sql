-- Threads that the host refused, once and for good. $1 repository, $2 number
SELECT slot FROM effect
WHERE repository_id = $1 AND target_kind = 'change' AND number = $2 AND kind = 'create_thread' AND state = 'failed'
