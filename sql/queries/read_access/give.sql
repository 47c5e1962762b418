-- $1 job, $2 lease epoch, $3 the key it is sealed to, $4 sealed (null: refused), $5 refusal (null: given)
UPDATE read_access SET sealed = $4, refusal = $5 WHERE job_id = $1 AND lease_epoch = $2 AND public_key = $3
