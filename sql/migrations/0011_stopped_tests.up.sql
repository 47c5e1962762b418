-- Which limit a run of tests reached. Tests are the change's own code, so the next step is the author's then, and the
-- review says which.
ALTER TABLE check_run ADD COLUMN stopped_for text NOT NULL DEFAULT 'none'
    CHECK (stopped_for IN ('none', 'time', 'memory', 'room'));
ALTER TABLE check_run ADD CONSTRAINT check_run_stopped_check
    CHECK (stopped_for = 'none' OR (kind = 'test' AND state = 'incomplete'));
