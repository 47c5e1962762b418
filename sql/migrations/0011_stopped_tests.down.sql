ALTER TABLE check_run DROP CONSTRAINT check_run_stopped_check, DROP COLUMN stopped_for;
