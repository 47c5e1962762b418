-- A thread with its first comment. No row: the change does not exist.
-- $1 repository, $2 number, $3 bot, $4 path, $5 line, $6 start line, $7 head, $8 body, $9 effect key.
WITH made AS (
    INSERT INTO local_host.thread (repository_id, number, path, line, start_line, head_sha)
    SELECT repository_id, number, $4, $5::integer, $6::integer, $7 FROM local_host.item
    WHERE repository_id = $1 AND number = $2 AND kind = 'change'
    RETURNING id, repository_id, number
), opening AS (
    INSERT INTO local_host.comment (repository_id, number, thread_id, author_id, body)
    SELECT repository_id, number, id, $3, $8 FROM made
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'create_thread', id::text, $9 FROM made
)
SELECT id FROM made
