-- $1 repository, $2 author, $3 title, $4 description, $5 branch, $6 base branch, $7 head, $8 base, $9 at
INSERT INTO local_host.item (repository_id, number, kind, author_id, title, description, head_ref, base_ref, head_sha,
                             base_sha, opened_at)
SELECT $1, coalesce(max(number), 0) + 1, 'change', $2, $3, $4, $5, $6, $7, $8, $9
FROM local_host.item WHERE repository_id = $1
RETURNING number
