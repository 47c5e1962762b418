-- No row: no such change or issue, or the thread is not one of it.
-- $1 repository, $2 number, $3 author, $4 body, $5 thread or null
INSERT INTO local_host.comment (repository_id, number, thread_id, author_id, body)
SELECT repository_id, number, $5::bigint, $3, $4 FROM local_host.item
WHERE repository_id = $1 AND number = $2
  AND ($5::bigint IS NULL OR EXISTS (
      SELECT FROM local_host.thread WHERE id = $5::bigint AND repository_id = $1 AND number = $2))
RETURNING id
