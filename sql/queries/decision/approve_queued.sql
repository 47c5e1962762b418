-- A job that no runner has yet runs everything at once. $1 change, $2 head, $3 why
UPDATE job SET may_run = 'everything', approved_head = head_sha, approved_because = $3
WHERE change_id = $1 AND head_sha = $2 AND state = 'queued' AND cancel_requested_at IS NULL AND may_run <> 'everything'
