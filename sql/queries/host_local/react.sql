-- No row: no such comment. $1 repository, $2 number, $3 bot, $4 comment, $5 reaction, $6 effect key.
WITH found AS (
    SELECT id, repository_id, number FROM local_host.comment
    WHERE repository_id = $1 AND number = $2 AND id = $4::bigint
    FOR UPDATE
), made AS (
    INSERT INTO local_host.reaction (comment_id, account_id, reaction)
    SELECT id, $3, $5 FROM found
    ON CONFLICT DO NOTHING
    RETURNING comment_id
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT $1, $2, 'react', comment_id::text || ' ' || $5, $6 FROM made
)
SELECT id FROM found
