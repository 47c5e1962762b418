-- A migration may take long, and so may waiting for another process that migrates. The number means nothing but
-- "Greenroom migrates"; the lock is held to the end of the transaction.
SET LOCAL statement_timeout = 0;
SELECT pg_advisory_xact_lock(7416823094);
