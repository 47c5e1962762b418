-- The host's time, read after the lock: a later deed has a later time.
SELECT clock_timestamp() AS at
