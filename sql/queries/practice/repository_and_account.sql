-- $1 full name, $2 login
SELECT r.id AS repository, a.id AS account FROM local_host.repository r, local_host.account a WHERE r.full_name = $1 AND a.login = $2
