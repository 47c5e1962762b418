-- No row: it has the label already. $1 repository, $2 number, $3 label
INSERT INTO local_host.item_label (repository_id, number, label) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING number
