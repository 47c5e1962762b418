ALTER TABLE human_reply DROP COLUMN thread, DROP COLUMN asks;
