SELECT job.id, job.state, job.head_sha, job.base_sha, job.asked, job.approved_because, job.reason, job.run, job.attempts, job.runner, job.config_error,
       array_to_json(job.degraded) AS degraded, job.root_filesystem, job.size_files, job.size_added, job.size_removed,
       job.queued_at, job.started_at, job.finished_at, job.trace_id,
       change.number, change.title, repository.full_name
FROM job JOIN change ON change.id = job.change_id JOIN repository ON repository.id = change.repository_id
WHERE job.id = $1
