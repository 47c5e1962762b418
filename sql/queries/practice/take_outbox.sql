-- The oldest that nobody is sending at this moment.
SELECT id, event FROM local_host.outbox WHERE refused IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
