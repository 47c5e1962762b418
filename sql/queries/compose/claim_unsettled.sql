-- A wanted review that does not stand yet, is of the newest head, and has no effect under way.
SELECT review.change_id, review.trace_id, review.wanted, review.wanted_version,
       repository.id AS repository_id, repository.host, repository.host_repository_id, change.number
FROM review
JOIN change ON change.id = review.change_id
JOIN repository ON repository.id = change.repository_id
WHERE review.settled_version < review.wanted_version AND review.settled_version < review.dirty_version
  AND review.wanted ->> 'head_sha' = change.head_sha
  AND NOT EXISTS (
      SELECT FROM effect WHERE effect.repository_id = change.repository_id AND effect.target_kind = 'change'
        AND effect.number = change.number AND effect.state IN ('pending', 'sending', 'in_doubt'))
ORDER BY review.change_id LIMIT 1
FOR UPDATE OF review SKIP LOCKED
