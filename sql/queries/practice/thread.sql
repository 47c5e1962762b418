-- A thread of one change: whether it is settled, who began the change, and its first comment.
-- $1 repository, $2 number, $3 thread
SELECT thread.resolved_by IS NOT NULL AS resolved, item.author_id,
       (SELECT min(comment.id) FROM local_host.comment WHERE comment.thread_id = thread.id) AS first_comment
FROM local_host.thread JOIN local_host.item USING (repository_id, number)
WHERE repository_id = $1 AND number = $2 AND thread.id = $3
FOR UPDATE OF thread
