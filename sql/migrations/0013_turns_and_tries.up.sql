-- When a repository was last served. Where one slot is free and nothing is under way, nothing else tells a busy
-- repository from a quiet one. Written by runners alone: the bot locks rows of `repository` before those of `job`, a
-- claim would do it the other way round.
CREATE TABLE queue_turn (
    repository_id bigint PRIMARY KEY REFERENCES repository ON DELETE CASCADE,
    served_at     timestamptz NOT NULL
);

-- What a person tries in the sandbox for themselves: a snippet, or a branch. A table of its own, so that no review, no
-- statistic and no memory of lessons can ever come across one. Only its owner reads it; removed after some hours.
CREATE TABLE practice_try (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trace_id      text NOT NULL CHECK (trace_id ~ '^[0-9a-f]{32}$'),
    person_id     bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    file_name     text CHECK (file_name ~ '^[a-z]+[.][a-z]+$'),
    content       bytea COMPRESSION lz4 CHECK (octet_length(content) BETWEEN 1 AND 65536),
    repository_id bigint REFERENCES repository ON DELETE CASCADE,
    branch        text,
    head_sha      text CHECK (head_sha ~ '^[0-9a-f]{40}$'),
    base_sha      text CHECK (base_sha ~ '^[0-9a-f]{40}$'),
    run           boolean NOT NULL,  -- a snippet is run too; a branch's tests are
    may_run       text NOT NULL CHECK (may_run IN ('reading', 'everything')),
    -- cancelled: its owner forgot it; the row stays for the hour that it counts for
    state         text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'leased', 'finished', 'cancelled', 'dead')),
    reason        text NOT NULL DEFAULT '',  -- why it has no result, shown
    attempts      integer NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 3),
    lease_epoch   bigint NOT NULL DEFAULT 0,
    lease_until   timestamptz,
    runner        text,
    report        bytea COMPRESSION lz4,     -- JSON: lib/store/practice_report.h
    queued_at     timestamptz NOT NULL DEFAULT now(),
    started_at    timestamptz,
    finished_at   timestamptz,
    CHECK ((file_name IS NULL) = (repository_id IS NOT NULL)),
    CHECK ((content IS NOT NULL) = (file_name IS NOT NULL AND state <> 'cancelled')),
    CHECK ((repository_id IS NULL) = (branch IS NULL) AND (branch IS NULL) = (head_sha IS NULL)
           AND (head_sha IS NULL) = (base_sha IS NULL)),
    CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('finished', 'cancelled', 'dead')) = (finished_at IS NOT NULL)),
    CHECK (state NOT IN ('cancelled', 'dead') OR reason <> ''),
    CHECK ((state = 'finished') = (report IS NOT NULL))
);
-- One at a time, however many browsers ask at once.
CREATE UNIQUE INDEX practice_try_under_way ON practice_try (person_id) WHERE state IN ('queued', 'leased');
CREATE INDEX practice_try_person ON practice_try (person_id, id);
CREATE INDEX practice_try_open ON practice_try (id) WHERE state IN ('queued', 'leased');
