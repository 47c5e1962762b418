-- What the bot found out about each host, and about each repository that it was let into, for the operators' page: the
-- dashboard holds no token of a host and asks none, it reads what stands here.
CREATE TABLE connection (
    host               text NOT NULL CHECK (length(host) BETWEEN 1 AND 40),
    host_repository_id bigint NOT NULL CHECK (host_repository_id >= 0),   -- 0: the host itself
    full_name          text NOT NULL CHECK (length(full_name) <= 400),
    remarks            jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(remarks) = 'array'),  -- lib/connect/remark_json.h
    examined_at        timestamptz,                                       -- NULL: not yet
    asked_at           timestamptz,                                       -- an operator wants it looked at again
    not_before         timestamptz NOT NULL DEFAULT now(),                -- one bot at a time asks the host
    PRIMARY KEY (host, host_repository_id),
    CHECK ((host_repository_id = 0) = (full_name = ''))
);

-- Who may see how the whole is set up. Only the administrator, who may write here, makes an operator's link.
ALTER TABLE sign_in_link ADD COLUMN is_operator boolean NOT NULL DEFAULT false;
ALTER TABLE session ADD COLUMN is_operator boolean NOT NULL DEFAULT false;
