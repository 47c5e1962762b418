-- What the checks of a job saw as /usr, in words for people; empty until it is finished.
ALTER TABLE job ADD COLUMN root_filesystem text NOT NULL DEFAULT '' CHECK (length(root_filesystem) <= 300);
