-- No row: the change or issue does not exist. $1 repository, $2 number, $3 bot, $4 body, $5 effect key.
WITH made AS (
    INSERT INTO local_host.comment (repository_id, number, author_id, body)
    SELECT repository_id, number, $3, $4 FROM local_host.item WHERE repository_id = $1 AND number = $2
    RETURNING id, repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'create_comment', id::text, $5 FROM made
)
SELECT id FROM made
