-- $1 effect, $2 attempt, $3 pending or in_doubt, $4 error, $5 seconds to wait, $6 misses
UPDATE effect SET state = $3, error = $4, not_before = now() + $5::integer * interval '1 second', misses = $6,
                  lease_until = NULL
WHERE id = $1 AND attempts = $2 AND state = 'sending'
RETURNING id
