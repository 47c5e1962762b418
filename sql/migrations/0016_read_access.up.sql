-- A runner asks for read access to the repository of the job that it has leased, and the bot gives it, sealed to a key
-- that the runner made for this alone. No token can be read from a row, nor from a copy of the database.
CREATE TABLE read_access (
    job_id      bigint PRIMARY KEY REFERENCES job ON DELETE CASCADE,
    lease_epoch bigint NOT NULL,
    public_key  bytea NOT NULL CHECK (length(public_key) = 32),
    asked_at    timestamptz NOT NULL DEFAULT now(),
    not_before  timestamptz NOT NULL DEFAULT now(),  -- one bot at a time asks the host
    sealed      bytea,
    refusal     text CHECK (length(refusal) <= 1000),
    CHECK (sealed IS NULL OR refusal IS NULL)
);
CREATE INDEX read_access_asked ON read_access (not_before) WHERE sealed IS NULL AND refusal IS NULL;
