UPDATE local_host.outbox SET refused = $2 WHERE id = $1
