-- Pushes and new issues of one repository take turns: numbers and times are then in order. $1 repository
SELECT id, full_name, default_branch FROM local_host.repository WHERE id = $1 FOR UPDATE
