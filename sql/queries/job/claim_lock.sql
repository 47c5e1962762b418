-- Claims are made one after the other, so that each sees what the one before it took: a repository's share holds over
-- all runners. A statement of its own, before the claim in the same round trip: that one's snapshot is taken after this
-- lock. It ends with the transaction.
SELECT pg_advisory_xact_lock(hashtext('greenroom.job.claim'))
