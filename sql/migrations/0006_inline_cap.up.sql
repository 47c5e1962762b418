-- How many new inline points a push may get where the project's base branch asks for fewer than the operator.
ALTER TABLE job ADD COLUMN inline_cap integer CHECK (inline_cap >= 0);
