-- Queued ones end now; a runner ends a leased one at its next heartbeat. $1 change, $2 head to spare ('': none), $3 why
UPDATE job SET cancel_requested_at = now(), reason = $3,
    state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
    finished_at = CASE state WHEN 'queued' THEN now() END
WHERE change_id = $1 AND head_sha <> $2 AND state IN ('queued', 'leased') AND cancel_requested_at IS NULL
RETURNING id, head_sha
