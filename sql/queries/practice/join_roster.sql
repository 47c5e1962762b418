-- $1 repository, $2 person: a buddy with the usual capacity; who is on the roster keeps their own settings
INSERT INTO buddy (repository_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
