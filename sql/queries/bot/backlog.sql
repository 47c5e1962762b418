-- What waits for a bot, and what was given up in the last 7 days.
SELECT (SELECT count(*) FROM delivery WHERE state = 'stored') AS deliveries_waiting,
       (SELECT count(*) FROM effect WHERE state IN ('pending', 'sending', 'in_doubt')) AS effects_waiting,
       (SELECT count(*) FROM effect WHERE state = 'failed' AND settled_at > now() - interval '7 days') AS effects_failed,
       (SELECT count(*) FROM delivery WHERE state = 'failed' AND received_at > now() - interval '7 days') AS deliveries_dead,
       (SELECT count(*) FROM job WHERE state = 'dead' AND finished_at > now() - interval '7 days') AS jobs_dead
