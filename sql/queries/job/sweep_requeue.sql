UPDATE job SET state = 'queued', lease_until = NULL, runner = NULL, announced_at = NULL
WHERE state = 'leased' AND lease_until < now() AND attempts < 3 AND cancel_requested_at IS NULL
RETURNING id
