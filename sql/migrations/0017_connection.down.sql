ALTER TABLE session DROP COLUMN is_operator;
ALTER TABLE sign_in_link DROP COLUMN is_operator;
DROP TABLE connection;
