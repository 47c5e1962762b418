DELETE FROM local_host.outbox WHERE id = $1
