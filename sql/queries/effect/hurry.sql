-- The checks came to their end: what was only to show that they run is now the review's own. $1 change
UPDATE effect SET urgency = 1
FROM change
WHERE change.id = $1 AND effect.repository_id = change.repository_id AND effect.target_kind = 'change'
  AND effect.number = change.number AND effect.state IN ('pending', 'sending', 'in_doubt') AND effect.urgency > 1
