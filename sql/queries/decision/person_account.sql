SELECT host_account_id, login FROM person WHERE id = $1
