-- $1 job, $2 lease epoch, $3 public key. Nothing is asked under a lease that is not ours any more.
WITH asked AS (
    INSERT INTO read_access (job_id, lease_epoch, public_key)
    SELECT id, lease_epoch, $3 FROM job WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
    ON CONFLICT (job_id) DO UPDATE SET lease_epoch = excluded.lease_epoch, public_key = excluded.public_key,
        asked_at = now(), not_before = now(), sealed = NULL, refusal = NULL
    RETURNING job_id
)
SELECT pg_notify('greenroom_read_access', job_id::text) FROM asked
