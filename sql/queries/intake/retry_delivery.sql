-- $1 delivery, $2 epoch, $3 error, $4 seconds to wait.
UPDATE delivery SET error = $3, not_before = now() + $4::integer * interval '1 second'
WHERE id = $1 AND lease_epoch = $2 AND state = 'stored'
