-- Holds the head still until the plan is written. No row: an event is moving it just now. $1 change
SELECT head_sha FROM change WHERE id = $1 FOR SHARE SKIP LOCKED
