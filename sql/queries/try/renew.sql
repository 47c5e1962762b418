-- $1 try, $2 lease epoch. No row: forgotten, or another runner has it.
UPDATE practice_try SET lease_until = now() + interval '30 seconds'
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased' RETURNING id
