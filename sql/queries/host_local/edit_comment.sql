-- No row: gone, or not the bot's. The same body again changes nothing and leaves no trace.
-- $1 repository, $2 number, $3 bot, $4 comment, $5 body, $6 effect key.
WITH found AS (
    SELECT id, body FROM local_host.comment
    WHERE repository_id = $1 AND number = $2 AND author_id = $3 AND id = $4::bigint
    FOR UPDATE
), edited AS (
    UPDATE local_host.comment SET body = $5, edited_at = now()
    WHERE id IN (SELECT id FROM found WHERE body <> $5)
    RETURNING id, repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'edit_comment', id::text, $6 FROM edited
)
SELECT id FROM found
