-- $1 host, $2 host's repository
SELECT cursor FROM poll_cursor WHERE host = $1 AND host_repository_id = $2
