-- A review that something changed for; the row stays locked until its words are written.
SELECT change_id, trace_id, dirty_version FROM review
WHERE wanted_version < dirty_version AND settled_version < dirty_version AND (not_before IS NULL OR not_before <= now())
ORDER BY change_id LIMIT 1
FOR UPDATE SKIP LOCKED
