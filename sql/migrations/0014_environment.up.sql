-- The step that makes a project's packages ready is shown beside the checks that need them.
ALTER TABLE check_run DROP CONSTRAINT check_run_kind_check;
ALTER TABLE check_run ADD CONSTRAINT check_run_kind_check
    CHECK (kind IN ('format', 'lint', 'type', 'test', 'environment'));
