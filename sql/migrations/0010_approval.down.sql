UPDATE check_run SET state = 'skipped' WHERE state = 'waiting';
ALTER TABLE check_run DROP CONSTRAINT check_run_state_check;
ALTER TABLE check_run ADD CONSTRAINT check_run_state_check
    CHECK (state IN ('queued', 'running', 'passed', 'attention', 'failed', 'incomplete', 'errored', 'skipped', 'cancelled'));
ALTER TABLE job DROP COLUMN continues;
ALTER TABLE job DROP COLUMN approved_because;
ALTER TABLE job DROP COLUMN approved_head;
ALTER TABLE job DROP COLUMN may_run;
DROP TABLE approval;
