-- Three runners have died over it. The last thing a runner said stays as the reason.
UPDATE job SET state = 'dead', lease_until = NULL, finished_at = now(),
               reason = CASE WHEN reason = '' THEN 'the checks stopped three times without an answer' ELSE reason END
WHERE attempts >= 3 AND cancel_requested_at IS NULL AND (state = 'queued' OR (state = 'leased' AND lease_until < now()))
RETURNING id, change_id, trace_id
