DELETE FROM finding WHERE check_name = 'environment';
DELETE FROM check_run WHERE kind = 'environment';
ALTER TABLE check_run DROP CONSTRAINT check_run_kind_check;
ALTER TABLE check_run ADD CONSTRAINT check_run_kind_check CHECK (kind IN ('format', 'lint', 'type', 'test'));
