-- After a pause that differs from bot to bot, so that they do not all come back at once.
-- $1 effect, $2 attempt, $3 pending or in_doubt, $4 error, $5 seconds to wait, $6 misses
UPDATE effect SET state = $3, error = $4, misses = $6, lease_until = NULL,
                  not_before = now() + $5::integer * (0.75 + random() / 2) * interval '1 second'
WHERE id = $1 AND attempts = $2 AND state = 'sending'
RETURNING id
