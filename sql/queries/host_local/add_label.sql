-- No row: no such change or issue. $1 repository, $2 number, $3 label, $4 effect key.
WITH found AS (
    SELECT repository_id, number FROM local_host.item WHERE repository_id = $1 AND number = $2
), made AS (
    INSERT INTO local_host.item_label (repository_id, number, label)
    SELECT repository_id, number, $3 FROM found
    ON CONFLICT DO NOTHING
    RETURNING repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'add_label', $3, $4 FROM made
)
SELECT number AS id FROM found
