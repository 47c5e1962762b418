-- $1 trace, $2 host, $3 host's id, $4 event name, $5 meaning or null, $6 headers, $7 body, $8 received.
-- Known already, by id or by meaning: no row.
INSERT INTO delivery (trace_id, host, host_delivery, event_name, semantic_key, headers, body, received_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
RETURNING id
