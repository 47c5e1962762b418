INSERT INTO local_host.outbox (event) VALUES ($1)
