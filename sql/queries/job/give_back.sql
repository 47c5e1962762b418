-- $1 job, $2 lease epoch: the runner is leaving; the attempt does not count
UPDATE job SET state = 'queued', lease_until = NULL, runner = NULL, attempts = attempts - 1, announced_at = NULL
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
