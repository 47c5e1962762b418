DROP TABLE local_host.outbox;
