-- Queued jobs that nobody took for 15 seconds: the announcement was lost, or every runner was busy.
UPDATE job SET announced_at = now()
WHERE state = 'queued' AND greatest(queued_at, coalesce(announced_at, queued_at)) < now() - interval '15 seconds'
RETURNING id
