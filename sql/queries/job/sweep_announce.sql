-- Queued jobs that nobody took for 15 seconds: the announcement was lost, or every runner was busy. Bounded: it only
-- has to wake runners, which then take whatever is best.
UPDATE job SET announced_at = now()
WHERE id IN (SELECT id FROM job
             WHERE state = 'queued' AND greatest(queued_at, coalesce(announced_at, queued_at)) < now() - interval '15 seconds'
             ORDER BY priority DESC, id LIMIT 500 FOR UPDATE SKIP LOCKED)
RETURNING id
