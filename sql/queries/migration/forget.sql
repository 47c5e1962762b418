DELETE FROM schema_migration WHERE number = $1
