-- No row: no such change or issue, or no such account. $1 repository, $2 number, $3 account, $4 effect key.
WITH found AS (
    SELECT item.repository_id, item.number, item.assignee_id, account.id AS account_id
    FROM local_host.item JOIN local_host.account ON account.id = $3::bigint
    WHERE item.repository_id = $1 AND item.number = $2
    FOR UPDATE OF item
), changed AS (
    UPDATE local_host.item SET assignee_id = found.account_id FROM found
    WHERE item.repository_id = found.repository_id AND item.number = found.number
      AND found.assignee_id IS DISTINCT FROM found.account_id
    RETURNING item.repository_id, item.number, item.assignee_id
), witness AS (
    INSERT INTO local_host.ledger (repository_id, number, action, reference, effect_key)
    SELECT repository_id, number, 'assign', assignee_id::text, $4 FROM changed
)
SELECT number AS id FROM found
