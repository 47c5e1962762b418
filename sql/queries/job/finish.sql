-- $1 job, $2 lease epoch, $3 sandbox guarantees that were missing, $4 configuration error, $5 inline cap of the project,
-- $6 what the checks saw as /usr. After job/hold.
UPDATE job SET state = 'finished', lease_until = NULL, finished_at = now(), reason = '', degraded = $3, config_error = $4,
               inline_cap = $5, root_filesystem = $6
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
