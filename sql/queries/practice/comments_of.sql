-- $1 repository, $2 number: the conversation and every thread, oldest first
SELECT comment.id, coalesce(comment.thread_id, 0) AS thread_id, comment.body, comment.created_at, comment.edited_at,
       account.id AS author_id, account.login, account.display_name, account.kind,
       coalesce((SELECT string_agg(reaction.reaction, ' ' ORDER BY reaction.reaction)
                 FROM local_host.reaction WHERE reaction.comment_id = comment.id), '') AS reactions
FROM local_host.comment JOIN local_host.account ON account.id = comment.author_id
WHERE comment.repository_id = $1 AND comment.number = $2
ORDER BY comment.id
