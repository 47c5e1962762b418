-- $1 job, $2 lease epoch, $3 merge base, $4 diff, $5 files, $6 lines added, $7 lines removed
UPDATE job SET merge_base = $3, diff = $4, size_files = $5, size_added = $6, size_removed = $7
WHERE id = $1 AND lease_epoch = $2 AND state = 'leased'
