SELECT id, full_name, default_branch FROM local_host.repository WHERE id = $1
