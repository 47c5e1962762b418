-- $1 thread: where it is, who began the change, and its first comment
SELECT thread.repository_id, thread.number, thread.resolved_by IS NOT NULL AS resolved, item.author_id,
       (SELECT min(comment.id) FROM local_host.comment WHERE comment.thread_id = thread.id) AS first_comment
FROM local_host.thread JOIN local_host.item USING (repository_id, number)
WHERE thread.id = $1
FOR UPDATE OF thread
