-- What the practice host has still to tell Greenroom: written in the transaction of the deed, removed once the webhook
-- took it. So a comment or a push is never lost, whoever dies and however long the webhook is away.
CREATE TABLE local_host.outbox (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event    text NOT NULL,      -- the JSON of lib/hosts/local/payload.h
    made_at  timestamptz NOT NULL DEFAULT now(),
    refused  text                -- the webhook's words when it can never take this one; kept for the operator
);
CREATE INDEX outbox_waiting ON local_host.outbox (id) WHERE refused IS NULL;
