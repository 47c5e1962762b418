-- $1 job, $2 lease epoch. A row, locked to the end of the transaction, when the lease is ours and the job is wanted.
SELECT id FROM job WHERE id = $1 AND lease_epoch = $2 AND state = 'leased' AND cancel_requested_at IS NULL FOR UPDATE
