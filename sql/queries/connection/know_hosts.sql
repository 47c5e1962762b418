-- $1 hosts
INSERT INTO connection (host, host_repository_id, full_name)
SELECT host, 0, '' FROM unnest($1::text[]) AS host
ON CONFLICT DO NOTHING
