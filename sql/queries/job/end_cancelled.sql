-- $1 job, $2 lease epoch: the runner has stopped what was cancelled
UPDATE job SET state = 'cancelled', lease_until = NULL, finished_at = now(),
               reason = CASE WHEN reason = '' THEN 'cancelled' ELSE reason END
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
