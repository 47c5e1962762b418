-- $1 thread, $2 account; null reopens it
UPDATE local_host.thread SET resolved_by = $2::bigint, resolved_at = CASE WHEN $2::bigint IS NULL THEN NULL ELSE now() END
WHERE id = $1
