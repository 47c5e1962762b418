-- Whose turn it is was read from the same tables by two queries, which had begun to differ. Now there is one view.

-- Whether whoever wrote it answers for the project, as the host and the roster said then: another newcomer's word is
-- welcome, and answers nothing for the project. Words from before this count as the project's, as they did.
ALTER TABLE human_reply ADD COLUMN of_project boolean NOT NULL DEFAULT true;
-- Since when a comment asks, where an edit made a question of it; and the host's time of its newest edit.
ALTER TABLE human_reply ADD COLUMN asked_at timestamptz, ADD COLUMN edited_at timestamptz;
ALTER TABLE human_reply ADD CONSTRAINT human_reply_edit_check CHECK (asked_at IS NULL OR edited_at IS NOT NULL);

-- What decides whose turn a change is: docs/whose-turn.md has the rules, lib/web/turn.h applies them.
CREATE VIEW change_turn AS
SELECT change.id AS change_id,
       coalesce((SELECT max(event.at) FROM event
                 WHERE event.change_id = change.id AND event.kind IN ('change_opened', 'change_updated')),
                change.opened_at) AS last_push,
       said.last_author_reply, said.last_project_reply,
       -- the author's oldest question that nobody of the project has answered
       (SELECT min(coalesce(asked_at, at)) FROM human_reply
        WHERE repository_id = change.repository_id AND target_kind = 'change' AND number = change.number
          AND person_id = change.author_id AND asks
          AND coalesce(asked_at, at) >= coalesce(said.last_project_reply, '-infinity')) AS open_question,
       coalesce(newest.state IN ('queued', 'leased'), false) AS checking,
       -- a check of the head left the author something to do
       EXISTS (SELECT FROM check_run WHERE check_run.job_id = newest.id AND check_run.lease_epoch = newest.lease_epoch
               AND (check_run.state IN ('attention', 'failed') OR check_run.stopped_for <> 'none')) AS leaves_something,
       EXISTS (SELECT FROM check_run WHERE check_run.job_id = newest.id AND check_run.lease_epoch = newest.lease_epoch
               AND check_run.state = 'waiting') AS awaits_approval
FROM change
LEFT JOIN LATERAL (
    SELECT id, state, lease_epoch FROM job
    WHERE job.change_id = change.id AND job.head_sha = change.head_sha ORDER BY run DESC LIMIT 1
) newest ON true
CROSS JOIN LATERAL (
    SELECT max(at) FILTER (WHERE person_id = change.author_id) AS last_author_reply,
           max(at) FILTER (WHERE person_id <> change.author_id AND of_project) AS last_project_reply
    FROM human_reply
    WHERE repository_id = change.repository_id AND target_kind = 'change' AND number = change.number
) said;
