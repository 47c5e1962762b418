SELECT count(*) FILTER (WHERE refused IS NULL) AS waiting, count(*) FILTER (WHERE refused IS NOT NULL) AS refused
FROM local_host.outbox
