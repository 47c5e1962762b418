DELETE FROM section WHERE change_id = $1 AND name = $2
