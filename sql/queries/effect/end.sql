-- $1 effect, $2 attempt, $3 failed or dropped, $4 error
UPDATE effect SET state = $3, error = $4, settled_at = now(), lease_until = NULL
WHERE id = $1 AND attempts = $2 AND state = 'sending'
RETURNING id
