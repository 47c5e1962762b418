-- Cancelled jobs whose runner is gone.
UPDATE job SET state = 'cancelled', lease_until = NULL, finished_at = now(),
               reason = CASE WHEN reason = '' THEN 'cancelled' ELSE reason END
WHERE cancel_requested_at IS NOT NULL AND (state = 'queued' OR (state = 'leased' AND lease_until < now()))
RETURNING id
