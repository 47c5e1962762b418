-- The oldest waiting delivery, for a minute.
UPDATE delivery SET attempts = attempts + 1, lease_epoch = lease_epoch + 1, not_before = now() + interval '60 seconds'
WHERE id = (
    SELECT id FROM delivery
    WHERE state = 'stored' AND (not_before IS NULL OR not_before <= now())
    ORDER BY id LIMIT 1
    FOR UPDATE SKIP LOCKED)
RETURNING id, trace_id, host, host_delivery, event_name, coalesce(semantic_key, '') AS semantic_key, headers, body,
          received_at, attempts, lease_epoch
