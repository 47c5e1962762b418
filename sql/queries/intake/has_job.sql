-- A cancelled job does not count: the head may come back. $1 change, $2 head
SELECT EXISTS (SELECT FROM job WHERE change_id = $1 AND head_sha = $2 AND state <> 'cancelled'
               AND cancel_requested_at IS NULL) AS answer
