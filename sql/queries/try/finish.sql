-- $1 try, $2 lease epoch, $3 report
UPDATE practice_try SET state = 'finished', lease_until = NULL, finished_at = now(), reason = '', report = $3
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased' RETURNING id
