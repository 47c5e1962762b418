-- Three runners have died over it.
UPDATE practice_try SET state = 'dead', lease_until = NULL, finished_at = now(),
                        reason = CASE WHEN reason = '' THEN 'it stopped three times without an answer' ELSE reason END
WHERE attempts >= 3 AND (state = 'queued' OR (state = 'leased' AND lease_until < now()))
