-- An operator makes the GitHub App in the browser. The dashboard, where the browser returns, must not hold the App's key:
-- it passes on the code that GitHub gave, sealed to the bot, which exchanges it and keeps what comes back, sealed again.

-- The public half of the key that each process holds in its configuration. One table each, so that neither process can
-- put its own key in the other's place.
CREATE TABLE bot_box (
    only_one   boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    public_key bytea NOT NULL CHECK (length(public_key) = 32)
);
CREATE TABLE webhook_box (
    only_one   boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    public_key bytea NOT NULL CHECK (length(public_key) = 32)
);

-- One way to GitHub and back: it begins in one session and ends in the same, once, within the hour.
CREATE TABLE app_request (
    state_sha256   text PRIMARY KEY CHECK (state_sha256 ~ '^[0-9a-f]{64}$'),
    session_sha256 text NOT NULL REFERENCES session (token_sha256) ON DELETE CASCADE,
    made_at        timestamptz NOT NULL DEFAULT now(),
    returned_at    timestamptz,
    sealed_code    bytea CHECK (length(sealed_code) <= 1000),  -- to the bot's key
    claimed_at     timestamptz,                                -- one bot exchanges it: a code works once
    settled_at     timestamptz,
    failure        text CHECK (length(failure) BETWEEN 1 AND 1000),
    CHECK ((returned_at IS NULL) = (sealed_code IS NULL)),
    CHECK (claimed_at IS NULL OR returned_at IS NOT NULL),
    CHECK (failure IS NULL OR settled_at IS NOT NULL)
);
CREATE INDEX app_request_returned ON app_request (returned_at) WHERE settled_at IS NULL;

CREATE TABLE github_app (
    only_one              boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    app_id                bigint NOT NULL CHECK (app_id > 0),
    page                  text NOT NULL CHECK (page ~ '^https?://[A-Za-z0-9.:/_-]+$' AND length(page) <= 300),
    sealed_key            bytea NOT NULL,  -- to the bot's key
    sealed_webhook_secret bytea NOT NULL,  -- to the webhook service's key
    made_at               timestamptz NOT NULL DEFAULT now()
);
