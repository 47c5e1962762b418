-- A delivery is taken under a lease with an epoch, like a job: a bot that dies over it leaves it to the next one, and
-- its attempts are counted although its transaction never ended.
ALTER TABLE delivery ADD COLUMN not_before timestamptz;
ALTER TABLE delivery ADD COLUMN lease_epoch bigint NOT NULL DEFAULT 0;

-- The host's time of the newest event that was applied: an older one, delivered late, must not turn the change back.
ALTER TABLE change ADD COLUMN seen_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE change ADD COLUMN trusted_author boolean NOT NULL DEFAULT false;

-- The lease lies on each effect, oldest first per change or issue, so the review needs none of its own.
ALTER TABLE review DROP COLUMN lease_until;
ALTER TABLE review DROP COLUMN lease_epoch;

-- How often the host was searched for a create that is in doubt, without finding it: lists can be stale.
ALTER TABLE effect ADD COLUMN misses integer NOT NULL DEFAULT 0;
-- dropped: its head was superseded before it was sent, so it never will be.
ALTER TABLE effect DROP CONSTRAINT effect_state_check;
ALTER TABLE effect DROP CONSTRAINT effect_check;
ALTER TABLE effect ADD CONSTRAINT effect_state_check
    CHECK (state IN ('pending', 'sending', 'done', 'in_doubt', 'failed', 'dropped'));
ALTER TABLE effect ADD CONSTRAINT effect_settled_check
    CHECK ((state IN ('done', 'failed', 'dropped')) = (settled_at IS NOT NULL));
