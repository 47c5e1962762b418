INSERT INTO buddy_assignment (change_id, person_id, why) VALUES ($1, $2, $3)
