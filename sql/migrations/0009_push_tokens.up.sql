-- Push tokens that people make for themselves on the dashboard. Only hashes are stored; a revoked one is kept, so that
-- git can be told why it is refused.
CREATE TABLE local_host.push_token (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id   bigint NOT NULL REFERENCES local_host.account,
    token_sha256 text NOT NULL UNIQUE CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    made_at      timestamptz NOT NULL DEFAULT now(),
    used_at      timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX push_token_account ON local_host.push_token (account_id);
