-- A person resolved or reopened one of our threads; what they said of it later stands.
-- $1 repository, $2 change's number, $3 thread, $4 state, $5 the host's time
UPDATE posted SET state = $4, turned_at = $5::timestamptz, updated_at = now()
WHERE repository_id = $1 AND target_kind = 'change' AND number = $2 AND host_ref = $3 AND slot LIKE 'thread/%'
  AND turned_at <= $5::timestamptz
