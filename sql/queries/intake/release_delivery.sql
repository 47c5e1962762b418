-- Not the delivery's fault: the attempt does not count. $1 delivery, $2 epoch, $3 error, $4 seconds to wait.
UPDATE delivery SET attempts = attempts - 1, error = $3, not_before = now() + $4::integer * interval '1 second'
WHERE id = $1 AND lease_epoch = $2 AND state = 'stored'
