-- $1 repository, $2 number
SELECT id, title, head_ref, base_ref, head_sha, base_sha, state, draft, trusted_author, seen_at FROM change
WHERE repository_id = $1 AND number = $2
FOR UPDATE
