-- $1 repository, $2 kind, $3 event
INSERT INTO local_host.journal (repository_id, kind, event) VALUES ($1, $2, $3)
