-- $1 trace id: every step of the line, in the order of time
SELECT at, stage, what FROM (
    SELECT e.at, 'event' AS stage,
           e.kind || ' in ' || r.full_name || coalesce(' change ' || c.number, ' issue ' || e.issue_number, '') || coalesce(' by ' || p.login, '') AS what, 1 AS step, e.id
    FROM event e JOIN repository r ON r.id = e.repository_id LEFT JOIN change c ON c.id = e.change_id LEFT JOIN person p ON p.id = e.actor_id
    WHERE e.trace_id = $1
    UNION ALL
    SELECT coalesce(y.settled_at, e.at), 'decision',
           concat_ws(' ', (d.decision->>'behaviour') || ':', d.decision->>'do',
                     coalesce(d.decision->>'section', d.decision->>'name', replace(d.decision->>'which', '_', ' ')),
                     '(' || coalesce(d.decision->>'reason', d.decision->>'why') || ')'), 2, e.id
    FROM event e LEFT JOIN delivery y ON y.id = e.delivery_id CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(e.decisions) WHEN 'array' THEN e.decisions ELSE '[]' END) AS d (decision)
    WHERE e.trace_id = $1
    UNION ALL
    SELECT queued_at, 'job', 'job ' || id || ' queued for ' || left(head_sha, 12) || CASE asked WHEN '' THEN '' ELSE ': ' || asked END, 3, id
    FROM job WHERE trace_id = $1
    UNION ALL
    SELECT started_at, 'job', 'job ' || id || ' begun by ' || coalesce(runner, 'a runner') || ', attempt ' || attempts, 4, id
    FROM job WHERE trace_id = $1 AND started_at IS NOT NULL
    UNION ALL
    SELECT coalesce(k.finished_at, k.started_at), 'check',
           k.name || ' ' || k.state || CASE k.headline WHEN '' THEN '' ELSE ': ' || k.headline END
               || coalesce(' (' || round(extract(epoch FROM k.finished_at - k.started_at) * 1000) || ' ms)', ''), 5, k.id
    FROM check_run k JOIN job j ON j.id = k.job_id WHERE j.trace_id = $1
    UNION ALL
    SELECT finished_at, 'job', 'job ' || id || ' ' || state || CASE reason WHEN '' THEN '' ELSE ': ' || reason END
               || ', ' || (SELECT count(*) FROM finding f WHERE f.job_id = job.id) || ' findings, '
               || (SELECT count(*) FROM finding f WHERE f.job_id = job.id AND f.placement IN ('author_line', 'file')) || ' on the author''s lines', 6, id
    FROM job WHERE trace_id = $1 AND finished_at IS NOT NULL
    UNION ALL
    SELECT created_at, 'effect', 'effect ' || id || ' wanted: ' || kind || CASE slot WHEN '' THEN '' ELSE ' ' || slot END, 7, id
    FROM effect WHERE trace_id = $1
    UNION ALL
    SELECT settled_at, 'effect', 'effect ' || id || ' ' || state || coalesce(' as ' || nullif(host_ref, ''), '') || coalesce(': ' || error, '') || ', attempts: ' || attempts, 8, id
    FROM effect WHERE trace_id = $1 AND settled_at IS NOT NULL
) AS line
ORDER BY at NULLS LAST, step, id
