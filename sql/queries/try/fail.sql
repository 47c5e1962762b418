-- $1 try, $2 lease epoch, $3 what went wrong, shown, $4 whether another attempt can help
UPDATE practice_try SET state = CASE WHEN attempts < 3 AND $4::boolean THEN 'queued' ELSE 'dead' END, reason = $3,
                        lease_until = NULL, runner = NULL,
                        finished_at = CASE WHEN attempts < 3 AND $4::boolean THEN NULL ELSE now() END
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
