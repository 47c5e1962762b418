SELECT count(*) AS answer FROM effect
WHERE repository_id = $1 AND target_kind = 'change' AND number = $2 AND state IN ('pending', 'sending', 'in_doubt')
