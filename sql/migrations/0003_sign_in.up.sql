-- Sessions of the dashboard. Only hashes are stored: a stolen table opens nothing.
CREATE TABLE sign_in_link (
    token_sha256 text PRIMARY KEY,
    person_id    bigint NOT NULL REFERENCES person,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz
);
CREATE TABLE session (
    token_sha256 text PRIMARY KEY,
    person_id    bigint NOT NULL REFERENCES person,
    csrf         text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);
CREATE INDEX session_person ON session (person_id);
