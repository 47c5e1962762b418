SELECT id, full_name, default_branch FROM local_host.repository ORDER BY id
