DROP TABLE local_host.journal;
ALTER TABLE posted DROP COLUMN turned_at;
DROP TABLE poll_cursor;
