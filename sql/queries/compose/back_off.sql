-- $1 change
UPDATE review SET failures = failures + 1, not_before = now() + least(300, 2 ^ least(failures, 9)) * interval '1 second'
WHERE change_id = $1
