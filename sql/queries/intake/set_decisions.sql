UPDATE event SET decisions = $2 WHERE id = $1
