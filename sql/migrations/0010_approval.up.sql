-- Code of people whom a project does not know waits until a person of the project has seen exactly that head.
CREATE TABLE approval (
    change_id   bigint NOT NULL REFERENCES change,
    head_sha    text NOT NULL CHECK (head_sha ~ '^[0-9a-f]{40}$'),
    approver_id bigint NOT NULL REFERENCES person,  -- whose right is asked of the host again whenever a job is queued
    approved_at timestamptz NOT NULL,
    PRIMARY KEY (change_id, head_sha)
);

-- What a job may run, leased with it: the runner needs no word of anybody else. Jobs from before wait for a /run, since
-- nobody wrote down whose code they are.
ALTER TABLE job ADD COLUMN may_run text NOT NULL DEFAULT 'reading' CHECK (may_run IN ('nothing', 'reading', 'everything'));
ALTER TABLE job ADD COLUMN approved_head text;                       -- an approval is of one head and no other
ALTER TABLE job ADD COLUMN approved_because text NOT NULL DEFAULT '';  -- shown
ALTER TABLE job ADD COLUMN continues bigint REFERENCES job ON DELETE SET NULL;  -- whose results are kept
ALTER TABLE job ADD CONSTRAINT job_approved_head_check CHECK (approved_head = head_sha);
ALTER TABLE job ADD CONSTRAINT job_approved_check
    CHECK ((may_run = 'everything') = (approved_head IS NOT NULL) AND (approved_head IS NULL) = (approved_because = ''));
ALTER TABLE job ADD CONSTRAINT job_continues_check CHECK (continues IS NULL OR may_run = 'everything');

-- waiting: it may not run before somebody of the project has seen the code.
ALTER TABLE check_run DROP CONSTRAINT check_run_state_check;
ALTER TABLE check_run ADD CONSTRAINT check_run_state_check
    CHECK (state IN ('queued', 'running', 'passed', 'attention', 'failed', 'incomplete', 'errored', 'skipped', 'waiting',
                     'cancelled'));
