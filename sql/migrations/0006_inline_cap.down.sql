ALTER TABLE job DROP COLUMN inline_cap;
