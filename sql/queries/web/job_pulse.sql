-- Changes whenever the page of the job has something new to show. $1 job
SELECT job.state IN ('finished', 'cancelled', 'dead') AS final,
       coalesce((SELECT review.settled_version = review.dirty_version FROM review WHERE review.change_id = job.change_id), false) AS settled,
       job.state || ' ' || coalesce((SELECT string_agg(check_run.name || ' ' || check_run.state, ',' ORDER BY check_run.position)
                                     FROM check_run WHERE check_run.job_id = job.id AND check_run.lease_epoch = job.lease_epoch), '') AS pulse
FROM job WHERE job.id = $1
