DROP TABLE session, sign_in_link;
