-- $1 our number as text, or the host's own id: the delivery; a number of ours goes first
SELECT id, trace_id, host, host_delivery, event_name, octet_length(body) AS bytes, received_at, state, coalesce(error, '') AS error, settled_at
FROM delivery
WHERE id::text = $1 OR host_delivery = $1
ORDER BY (id::text = $1) DESC, id
LIMIT 1
