-- $1 repository, $2 number, $3 author, $4 title, $5 head ref, $6 base ref, $7 head, $8 base, $9 state, $10 draft,
-- $11 trusted author, $12 the event's time
INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha, state, draft,
                    trusted_author, opened_at, closed_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::timestamptz,
        CASE WHEN $9 = 'open' THEN NULL ELSE $12::timestamptz END, $12::timestamptz)
ON CONFLICT (repository_id, number) DO UPDATE
SET title = excluded.title, head_ref = excluded.head_ref, base_ref = excluded.base_ref, head_sha = excluded.head_sha,
    base_sha = excluded.base_sha, state = excluded.state, draft = excluded.draft,
    trusted_author = excluded.trusted_author, seen_at = excluded.seen_at,
    closed_at = CASE WHEN excluded.state = 'open' THEN NULL ELSE coalesce(change.closed_at, excluded.closed_at) END
RETURNING id
