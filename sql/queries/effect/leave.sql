-- Nothing was sent: the effect is as it was before it was claimed. $1 effect, $2 attempt, $3 pending or in_doubt
UPDATE effect SET state = $3, attempts = attempts - 1, lease_until = NULL
WHERE id = $1 AND attempts = $2 AND state = 'sending'
