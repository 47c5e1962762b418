-- $1 try, $2 lease epoch: the runner is leaving; the attempt does not count
UPDATE practice_try SET state = 'queued', lease_until = NULL, runner = NULL, attempts = attempts - 1
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
