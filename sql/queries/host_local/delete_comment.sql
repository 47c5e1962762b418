-- $1 repository, $2 number, $3 bot, $4 comment, $5 effect key.
WITH gone AS (
    DELETE FROM local_host.comment
    WHERE repository_id = $1 AND number = $2 AND author_id = $3 AND id = $4::bigint AND thread_id IS NULL
    RETURNING id, repository_id, number
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'delete_comment', id::text, $5 FROM gone
)
SELECT id FROM gone
