-- $1 repository, $2 number, $3 bot, $4 thread, $5 body, $6 effect key.
WITH made AS (
    INSERT INTO local_host.comment (repository_id, number, thread_id, author_id, body)
    SELECT repository_id, number, id, $3, $5 FROM local_host.thread
    WHERE repository_id = $1 AND number = $2 AND id = $4::bigint
    RETURNING id, repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'reply_thread', id::text, $6 FROM made
)
SELECT id FROM made
