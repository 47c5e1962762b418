-- $1 job, $2 lease epoch: what the bot answered, once it did.
SELECT sealed, refusal FROM read_access
WHERE job_id = $1 AND lease_epoch = $2 AND (sealed IS NOT NULL OR refusal IS NOT NULL)
