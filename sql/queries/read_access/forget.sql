-- What nobody waits for any more.
DELETE FROM read_access a WHERE NOT EXISTS (
    SELECT FROM job j WHERE j.id = a.job_id AND j.state = 'leased' AND j.lease_epoch = a.lease_epoch)
