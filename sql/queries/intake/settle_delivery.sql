-- No row: the lease went to another bot. $1 delivery, $2 epoch, $3 state, $4 error.
UPDATE delivery SET state = $3, error = $4, settled_at = now(), not_before = NULL
WHERE id = $1 AND lease_epoch = $2 AND state = 'stored'
RETURNING id
