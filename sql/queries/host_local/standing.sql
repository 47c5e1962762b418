-- Every comment of the bot on the target, oldest first. `opens` is true for the first comment of a thread.
-- $1 repository, $2 number, $3 bot.
SELECT comment.id, comment.body, comment.thread_id,
       thread.resolved_by IS NOT NULL AS resolved,
       coalesce(thread.resolved_by <> $3, false) AS resolved_by_person,
       comment.thread_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM local_host.comment earlier
           WHERE earlier.thread_id = comment.thread_id AND earlier.id < comment.id) AS opens,
       EXISTS (
           SELECT FROM local_host.comment answer
           WHERE answer.thread_id = comment.thread_id AND answer.author_id <> $3) AS answered
FROM local_host.comment LEFT JOIN local_host.thread ON thread.id = comment.thread_id
WHERE comment.repository_id = $1 AND comment.number = $2 AND comment.author_id = $3
ORDER BY comment.id
