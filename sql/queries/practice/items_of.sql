-- $1 repository, $2 kind, newest first
SELECT item.number, item.title, item.state, item.opened_at,
       coalesce(nullif(author.display_name, ''), author.login) AS author_name,
       coalesce(nullif(assignee.display_name, ''), assignee.login, '') AS assignee_name,
       coalesce((SELECT string_agg(label, E'\n' ORDER BY label) FROM local_host.item_label
                 WHERE item_label.repository_id = item.repository_id AND item_label.number = item.number), '') AS labels,
       (SELECT count(*) FROM local_host.comment
        WHERE comment.repository_id = item.repository_id AND comment.number = item.number) AS comments
FROM local_host.item
JOIN local_host.account author ON author.id = item.author_id
LEFT JOIN local_host.account assignee ON assignee.id = item.assignee_id
WHERE item.repository_id = $1 AND item.kind = $2
ORDER BY item.number DESC
LIMIT 500
