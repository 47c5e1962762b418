-- $1 try, $2 person. What was tried and what came of it are gone now; a runner that works on it hears so at its next
-- heartbeat.
UPDATE practice_try SET state = 'cancelled', reason = 'forgotten', content = NULL, report = NULL, lease_until = NULL,
                        finished_at = now()
WHERE id = $1 AND person_id = $2 AND state <> 'cancelled' RETURNING id
