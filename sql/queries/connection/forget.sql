-- Those that the bot is not let into any more. $1 host, $2 ids that it is
DELETE FROM connection WHERE host = $1 AND host_repository_id <> 0 AND host_repository_id <> ALL ($2::bigint[])
