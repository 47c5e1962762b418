-- The whole line as tables: delivery → event → job → check_run → finding → review → effect → posted.
-- Every row of one line carries the same trace id. The CHECKs are the state machines; do not encode them elsewhere.

CREATE TABLE schema_migration (
    number     integer PRIMARY KEY,
    name       text NOT NULL,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE delivery (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trace_id      text NOT NULL CHECK (trace_id ~ '^[0-9a-f]{32}$'),
    host          text NOT NULL,
    host_delivery text NOT NULL,
    event_name    text NOT NULL,
    semantic_key  text,
    headers       jsonb NOT NULL DEFAULT '{}',
    body          bytea COMPRESSION lz4 NOT NULL,  -- the exact signed bytes
    received_at   timestamptz NOT NULL DEFAULT now(),
    -- stored → done (became an event) | ignored (means nothing to us) | failed (could not be read; error says why)
    state         text NOT NULL DEFAULT 'stored' CHECK (state IN ('stored', 'done', 'ignored', 'failed')),
    attempts      integer NOT NULL DEFAULT 0,
    error         text,
    settled_at    timestamptz,
    UNIQUE (host, host_delivery),
    CHECK ((state = 'stored') = (settled_at IS NULL)),
    CHECK (state <> 'failed' OR error IS NOT NULL)
);
CREATE INDEX delivery_waiting ON delivery (id) WHERE state = 'stored';
CREATE INDEX delivery_trace ON delivery (trace_id);
-- A replay under a new id (the id header is unsigned on some hosts) means the same thing once.
CREATE UNIQUE INDEX delivery_meaning ON delivery (host, semantic_key) WHERE semantic_key IS NOT NULL;

CREATE TABLE repository (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host               text NOT NULL,
    host_repository_id bigint NOT NULL,
    full_name          text NOT NULL,
    default_branch     text NOT NULL,
    UNIQUE (host, host_repository_id)
);

CREATE TABLE person (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host            text NOT NULL,
    host_account_id bigint NOT NULL,  -- identity; logins change
    login           text NOT NULL,
    display_name    text NOT NULL DEFAULT '',
    is_bot          boolean NOT NULL DEFAULT false,
    first_seen_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (host, host_account_id)
);

CREATE TABLE change (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint NOT NULL REFERENCES repository,
    number        bigint NOT NULL,
    author_id     bigint NOT NULL REFERENCES person,
    title         text NOT NULL,
    head_ref      text NOT NULL,
    base_ref      text NOT NULL,
    head_sha      text NOT NULL CHECK (head_sha ~ '^[0-9a-f]{40}$'),
    base_sha      text NOT NULL CHECK (base_sha ~ '^[0-9a-f]{40}$'),
    state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'merged')),
    draft         boolean NOT NULL DEFAULT false,
    opened_at     timestamptz NOT NULL,
    closed_at     timestamptz,
    UNIQUE (repository_id, number),
    CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX change_author ON change (author_id);
CREATE INDEX change_open ON change (repository_id) WHERE state = 'open';

CREATE TABLE event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trace_id    text NOT NULL,
    delivery_id bigint REFERENCES delivery,  -- null: a timer, or found by polling
    kind        text NOT NULL,
    repository_id bigint NOT NULL REFERENCES repository,
    change_id   bigint REFERENCES change,
    issue_number bigint,
    actor_id    bigint REFERENCES person,
    at          timestamptz NOT NULL,
    decisions   jsonb NOT NULL DEFAULT '[]',  -- what the behaviours decided, for `explain`
    UNIQUE (delivery_id)
);
CREATE INDEX event_change ON event (change_id);

CREATE TABLE job (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trace_id     text NOT NULL,
    change_id    bigint NOT NULL REFERENCES change,
    head_sha     text NOT NULL CHECK (head_sha ~ '^[0-9a-f]{40}$'),
    base_sha     text NOT NULL CHECK (base_sha ~ '^[0-9a-f]{40}$'),
    state        text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'leased', 'finished', 'cancelled', 'dead')),
    priority     integer NOT NULL DEFAULT 0,           -- higher first: a person waiting before a sweep
    asked        text NOT NULL DEFAULT '',             -- why it was queued, shown
    reason       text NOT NULL DEFAULT '',             -- why it was cancelled or died, shown
    run          integer NOT NULL DEFAULT 1,           -- 2, 3, … for /run on the same head
    attempts     integer NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 3),
    lease_epoch  bigint NOT NULL DEFAULT 0,
    lease_until  timestamptz,
    runner       text,
    cancel_requested_at timestamptz,
    degraded     text[] NOT NULL DEFAULT '{}',
    config_error text NOT NULL DEFAULT '',             -- user_fault of .greenroom.yml, shown
    merge_base   text,
    diff         bytea COMPRESSION lz4,                -- unified diff merge base → head, for the change page; may be cut
    size_files integer NOT NULL DEFAULT 0, size_added integer NOT NULL DEFAULT 0, size_removed integer NOT NULL DEFAULT 0,
    queued_at    timestamptz NOT NULL DEFAULT now(),
    announced_at timestamptz,
    started_at   timestamptz,
    finished_at  timestamptz,
    UNIQUE (change_id, head_sha, run),
    CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('finished', 'cancelled', 'dead')) = (finished_at IS NOT NULL)),
    CHECK (state NOT IN ('cancelled', 'dead') OR reason <> '')
);
CREATE INDEX job_queued ON job (priority DESC, id) WHERE state = 'queued';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'leased';

CREATE TABLE check_run (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id       bigint NOT NULL REFERENCES job ON DELETE CASCADE,
    lease_epoch  bigint NOT NULL,                      -- rows of an old epoch are replaced, never read
    position     integer NOT NULL,
    name         text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('format', 'lint', 'type', 'test')),
    state        text NOT NULL CHECK (state IN ('queued', 'running', 'passed', 'attention', 'failed', 'incomplete',
                                                'errored', 'skipped', 'cancelled')),
    headline     text NOT NULL DEFAULT '',
    what text NOT NULL DEFAULT '', why text NOT NULL DEFAULT '', run_yourself text NOT NULL DEFAULT '',
    tool_version text NOT NULL DEFAULT '',
    tests_passed integer NOT NULL DEFAULT 0, tests_failed integer NOT NULL DEFAULT 0,
    tests_errors integer NOT NULL DEFAULT 0, tests_skipped integer NOT NULL DEFAULT 0,
    exit_code    integer,
    log_head bytea COMPRESSION lz4, log_tail bytea COMPRESSION lz4, log_cut bigint NOT NULL DEFAULT 0,
    patch        bytea COMPRESSION lz4,
    started_at   timestamptz,
    finished_at  timestamptz,
    UNIQUE (job_id, name)
);

CREATE TABLE finding (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id      bigint NOT NULL REFERENCES job ON DELETE CASCADE,
    check_name  text NOT NULL,
    tool        text NOT NULL,
    code        text NOT NULL,
    severity    text NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    path        text NOT NULL,
    line integer NOT NULL, col integer NOT NULL DEFAULT 0, end_line integer NOT NULL DEFAULT 0, end_col integer NOT NULL DEFAULT 0,
    message     text NOT NULL,
    url         text NOT NULL DEFAULT '',
    fix         jsonb,
    placement   text NOT NULL CHECK (placement IN ('author_line', 'context', 'file', 'elsewhere')),
    line_text   text NOT NULL DEFAULT '',
    hunk_first_line integer NOT NULL DEFAULT 0, hunk_last_line integer NOT NULL DEFAULT 0,
    fingerprint text NOT NULL
);
CREATE INDEX finding_job ON finding (job_id);

-- The change's living comment is put together from sections; each behaviour owns one.
CREATE TABLE section (
    change_id bigint NOT NULL REFERENCES change,
    name      text NOT NULL,
    markdown  text NOT NULL,
    PRIMARY KEY (change_id, name)
);

-- The review that should stand. The poster settles versions; a burst of pushes is one settlement.
CREATE TABLE review (
    change_id       bigint PRIMARY KEY REFERENCES change,
    trace_id        text NOT NULL,
    wanted          jsonb,                       -- model::WantedReview; null until first composed
    dirty_version   bigint NOT NULL DEFAULT 1,   -- bumped by whoever changes something the review depends on
    wanted_version  bigint NOT NULL DEFAULT 0,   -- dirty_version that `wanted` was composed from
    settled_version bigint NOT NULL DEFAULT 0,   -- wanted_version that stands on the host
    lease_until     timestamptz,                 -- one poster at a time
    lease_epoch     bigint NOT NULL DEFAULT 0,
    not_before      timestamptz,                 -- back-off after a host error
    failures        integer NOT NULL DEFAULT 0,
    CHECK (wanted_version <= dirty_version AND settled_version <= wanted_version),
    CHECK (wanted_version = 0 OR wanted IS NOT NULL)
);
CREATE INDEX review_dirty ON review (change_id) WHERE settled_version < dirty_version;

CREATE TABLE effect (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trace_id      text NOT NULL,
    repository_id bigint NOT NULL REFERENCES repository,
    target_kind   text NOT NULL CHECK (target_kind IN ('change', 'issue')),
    number        bigint NOT NULL,
    key           text NOT NULL,                 -- unique for ever (I2)
    kind          text NOT NULL,
    slot          text NOT NULL DEFAULT '',
    payload       jsonb NOT NULL,                -- the parts of model::Effect that the kind uses
    state         text NOT NULL DEFAULT 'pending'
                  CHECK (state IN ('pending', 'sending', 'done', 'in_doubt', 'failed')),
    attempts      integer NOT NULL DEFAULT 0,
    not_before    timestamptz,
    lease_until   timestamptz,
    host_ref      text,
    error         text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    settled_at    timestamptz,
    UNIQUE (repository_id, key),
    CHECK ((state IN ('done', 'failed')) = (settled_at IS NOT NULL)),
    CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CHECK (state <> 'failed' OR error IS NOT NULL)
);
CREATE INDEX effect_open ON effect (repository_id, target_kind, number, id) WHERE state IN ('pending', 'sending', 'in_doubt');

-- What stands on the host now, one row per slot; written in the transaction that settles the effect.
CREATE TABLE posted (
    repository_id bigint NOT NULL REFERENCES repository,
    target_kind   text NOT NULL CHECK (target_kind IN ('change', 'issue')),
    number        bigint NOT NULL,
    slot          text NOT NULL,                 -- "summary", "thread/<fingerprint>", "status/<context>", "say/<key>"
    host_ref      text NOT NULL,
    body_hash     text NOT NULL DEFAULT '',
    state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved_by_bot', 'resolved_by_person')),
    answered      boolean NOT NULL DEFAULT false,
    detail        jsonb NOT NULL DEFAULT '{}',   -- lesson, path, line, head_sha, status
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository_id, target_kind, number, slot)
);

-- Lessons fade: one row per person, lesson and change in which it was shown.
CREATE TABLE lesson_shown (
    person_id   bigint NOT NULL REFERENCES person,
    lesson      text NOT NULL,
    change_id   bigint NOT NULL REFERENCES change,
    first_shown timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, lesson, change_id)
);

CREATE TABLE greeting (
    repository_id bigint NOT NULL REFERENCES repository,
    person_id     bigint NOT NULL REFERENCES person,
    greeted_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository_id, person_id)
);

CREATE TABLE buddy (          -- the roster
    repository_id bigint NOT NULL REFERENCES repository,
    person_id     bigint NOT NULL REFERENCES person,
    capacity      integer NOT NULL DEFAULT 2 CHECK (capacity >= 0),
    away_until    timestamptz,
    knows         text[] NOT NULL DEFAULT '{}',
    last_picked   timestamptz,
    PRIMARY KEY (repository_id, person_id)
);

CREATE TABLE buddy_assignment (
    change_id   bigint NOT NULL REFERENCES change,
    person_id   bigint NOT NULL REFERENCES person,
    why         text NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz
);
CREATE UNIQUE INDEX buddy_current ON buddy_assignment (change_id) WHERE ended_at IS NULL;
CREATE INDEX buddy_load ON buddy_assignment (person_id) WHERE ended_at IS NULL;

CREATE TABLE timer (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint NOT NULL REFERENCES repository,
    target_kind   text NOT NULL CHECK (target_kind IN ('change', 'issue')),
    number        bigint NOT NULL,
    name          text NOT NULL,
    due_at        timestamptz NOT NULL,
    UNIQUE (repository_id, target_kind, number, name)
);
CREATE INDEX timer_due ON timer (due_at);

-- What people said, for "first helpful human reply" and whose turn it is. Bodies stay on the host.
CREATE TABLE human_reply (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id   bigint NOT NULL REFERENCES repository,
    target_kind     text NOT NULL CHECK (target_kind IN ('change', 'issue')),
    number          bigint NOT NULL,
    host_comment_id bigint NOT NULL,
    person_id       bigint NOT NULL REFERENCES person,
    at              timestamptz NOT NULL,
    UNIQUE (repository_id, host_comment_id)
);
CREATE INDEX human_reply_target ON human_reply (repository_id, target_kind, number, at);
