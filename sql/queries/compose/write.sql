-- $1 change, $2 wanted, $3 the version it was composed from
UPDATE review SET wanted = $2, wanted_version = $3, failures = 0, not_before = NULL WHERE change_id = $1
