-- $1 job: empty until its runner has it
SELECT diff, head_sha FROM job WHERE id = $1
