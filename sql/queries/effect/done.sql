-- No row: the lease went to another bot. $1 effect, $2 attempt, $3 the host's reference
UPDATE effect SET state = 'done', host_ref = $3, settled_at = now(), lease_until = NULL, error = NULL
WHERE id = $1 AND attempts = $2 AND state = 'sending'
RETURNING id
