ALTER TABLE job DROP COLUMN root_filesystem;
