DO $$
BEGIN
    EXECUTE format('ALTER ROLE %I PASSWORD %L', current_setting('greenroom.role'), current_setting('greenroom.verifier'));
END
$$
