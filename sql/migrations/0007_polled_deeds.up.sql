-- What people say and settle while a webhook is lost is found by polling, like lost pushes. How far each repository was
-- read, in its host's own words; a repository may be polled before its first event made it known here.
CREATE TABLE poll_cursor (
    host               text NOT NULL,
    host_repository_id bigint NOT NULL,
    cursor             text NOT NULL,
    moved_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (host, host_repository_id)
);

-- The host's time of a person's newest word on whether a thread is settled: an older one, found later, must not turn it.
ALTER TABLE posted ADD COLUMN turned_at timestamptz NOT NULL DEFAULT '-infinity';

-- What people did on the practice host beside their pushes, in order, for whoever asks instead of being told. Written in
-- the deed's transaction under the repository's lock: no later row is seen before an earlier one.
CREATE TABLE local_host.journal (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint NOT NULL REFERENCES local_host.repository,
    kind          text NOT NULL,
    event         text NOT NULL   -- the JSON of lib/hosts/local/payload.h, as in the outbox
);
CREATE INDEX journal_repository ON local_host.journal (repository_id, id);
