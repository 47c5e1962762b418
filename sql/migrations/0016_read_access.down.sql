DROP TABLE read_access;
