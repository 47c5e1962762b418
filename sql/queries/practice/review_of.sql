-- $1 full name, $2 branch: where the newest open change of a branch stands
SELECT i.number, i.head_sha,
       coalesce((SELECT r.wanted_version > 0 AND r.settled_version = r.dirty_version FROM review r WHERE r.change_id = c.id)
           AND EXISTS (SELECT 1 FROM job j WHERE j.change_id = c.id AND j.head_sha = i.head_sha)
           AND NOT EXISTS (SELECT 1 FROM job j WHERE j.change_id = c.id AND j.state IN ('queued', 'leased')), false) AS settled,
       coalesce((SELECT r.wanted FROM review r WHERE r.change_id = c.id), 'null'::jsonb) AS wanted
FROM local_host.repository h
JOIN local_host.item i ON i.repository_id = h.id AND i.kind = 'change' AND i.state = 'open'
LEFT JOIN repository p ON p.host = 'local' AND p.host_repository_id = h.id
LEFT JOIN change c ON c.repository_id = p.id AND c.number = i.number AND c.head_sha = i.head_sha
WHERE h.full_name = $1 AND i.head_ref = $2
