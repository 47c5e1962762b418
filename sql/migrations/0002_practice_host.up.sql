-- The practice git host's own state. It is a host, not Greenroom: only lib/hosts/local touches these tables.
CREATE SCHEMA local_host;

CREATE TABLE local_host.account (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login        text NOT NULL UNIQUE CHECK (login ~ '^[a-z][a-z0-9-]{0,38}$'),
    display_name text NOT NULL DEFAULT '',
    email        text NOT NULL DEFAULT '',
    kind         text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'bot')),
    token_sha256 text,                       -- of the push token; null: may not push
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE local_host.repository (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    full_name      text NOT NULL UNIQUE CHECK (full_name ~ '^[a-z0-9][a-z0-9._-]*/[a-z0-9][a-z0-9._-]*$'),
    default_branch text NOT NULL DEFAULT 'main',
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE local_host.member (
    repository_id bigint NOT NULL REFERENCES local_host.repository,
    account_id    bigint NOT NULL REFERENCES local_host.account,
    permission    text NOT NULL CHECK (permission IN ('read', 'triage', 'write', 'admin')),
    PRIMARY KEY (repository_id, account_id)
);

-- Changes and issues share one numbering per repository.
CREATE TABLE local_host.item (
    repository_id bigint NOT NULL REFERENCES local_host.repository,
    number        bigint NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('change', 'issue')),
    author_id     bigint NOT NULL REFERENCES local_host.account,
    title         text NOT NULL,
    description   text NOT NULL DEFAULT '',
    state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'merged')),
    head_ref      text, base_ref text, head_sha text, base_sha text,
    assignee_id   bigint REFERENCES local_host.account,
    opened_at     timestamptz NOT NULL DEFAULT now(),
    closed_at     timestamptz,
    PRIMARY KEY (repository_id, number),
    CHECK ((kind = 'change') = (head_sha IS NOT NULL))
);
CREATE UNIQUE INDEX item_open_branch ON local_host.item (repository_id, head_ref) WHERE kind = 'change' AND state = 'open';

CREATE TABLE local_host.item_label (
    repository_id bigint NOT NULL,
    number        bigint NOT NULL,
    label         text NOT NULL CHECK (label <> ''),
    PRIMARY KEY (repository_id, number, label),
    FOREIGN KEY (repository_id, number) REFERENCES local_host.item
);

CREATE TABLE local_host.thread (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint NOT NULL,
    number        bigint NOT NULL,
    path          text NOT NULL,
    line          integer NOT NULL,          -- head side; 0: the whole file
    start_line    integer NOT NULL DEFAULT 0,
    head_sha      text NOT NULL,             -- head on which it was opened
    resolved_by   bigint REFERENCES local_host.account,
    resolved_at   timestamptz,
    FOREIGN KEY (repository_id, number) REFERENCES local_host.item,
    CHECK ((resolved_by IS NULL) = (resolved_at IS NULL))
);
CREATE INDEX thread_item ON local_host.thread (repository_id, number);

CREATE TABLE local_host.comment (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id bigint NOT NULL,
    number        bigint NOT NULL,
    thread_id     bigint REFERENCES local_host.thread,  -- null: in the conversation
    author_id     bigint NOT NULL REFERENCES local_host.account,
    body          text NOT NULL CHECK (octet_length(body) <= 65536),
    created_at    timestamptz NOT NULL DEFAULT now(),
    edited_at     timestamptz,
    FOREIGN KEY (repository_id, number) REFERENCES local_host.item
);
CREATE INDEX comment_item ON local_host.comment (repository_id, number, id);

CREATE TABLE local_host.reaction (
    comment_id bigint NOT NULL REFERENCES local_host.comment ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES local_host.account,
    reaction   text NOT NULL,
    PRIMARY KEY (comment_id, account_id, reaction)
);

CREATE TABLE local_host.status (
    repository_id bigint NOT NULL REFERENCES local_host.repository,
    sha           text NOT NULL,
    context       text NOT NULL,
    state         text NOT NULL CHECK (state IN ('pending', 'success', 'neutral', 'failure', 'error')),
    description   text NOT NULL DEFAULT '',
    details_path  text NOT NULL DEFAULT '',
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository_id, sha, context)
);

-- Everything the bot was asked to do, in order: the tests' witness for "exactly once".
CREATE TABLE local_host.ledger (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT now(),
    repository_id bigint NOT NULL,
    number        bigint NOT NULL,
    action        text NOT NULL,             -- model::EffectKind by name
    reference     text NOT NULL DEFAULT '',  -- what was made or touched
    effect_key    text NOT NULL
);
