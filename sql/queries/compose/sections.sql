SELECT name, markdown FROM section WHERE change_id = $1
