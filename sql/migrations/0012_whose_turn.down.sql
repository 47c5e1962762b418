DROP VIEW change_turn;
ALTER TABLE human_reply DROP CONSTRAINT human_reply_edit_check;
ALTER TABLE human_reply DROP COLUMN of_project, DROP COLUMN asked_at, DROP COLUMN edited_at;
