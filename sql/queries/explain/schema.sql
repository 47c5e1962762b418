-- The number of the newest migration that was applied
SELECT coalesce(max(number), 0) AS number FROM schema_migration
