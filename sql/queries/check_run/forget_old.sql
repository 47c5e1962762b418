-- $1 job, $2 lease epoch: what an earlier attempt left behind
DELETE FROM check_run WHERE job_id = $1 AND lease_epoch < $2
