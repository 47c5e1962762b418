-- $1 job, $2 lease epoch
UPDATE job SET lease_until = now() + interval '30 seconds' WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
RETURNING cancel_requested_at IS NOT NULL AS cancel_requested
