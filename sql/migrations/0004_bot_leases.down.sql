ALTER TABLE effect DROP CONSTRAINT effect_settled_check;
ALTER TABLE effect DROP CONSTRAINT effect_state_check;
UPDATE effect SET state = 'failed', error = coalesce(error, 'superseded') WHERE state = 'dropped';
ALTER TABLE effect ADD CONSTRAINT effect_state_check
    CHECK (state IN ('pending', 'sending', 'done', 'in_doubt', 'failed'));
ALTER TABLE effect ADD CONSTRAINT effect_check CHECK ((state IN ('done', 'failed')) = (settled_at IS NOT NULL));
ALTER TABLE effect DROP COLUMN misses;
ALTER TABLE review ADD COLUMN lease_epoch bigint NOT NULL DEFAULT 0;
ALTER TABLE review ADD COLUMN lease_until timestamptz;
ALTER TABLE change DROP COLUMN trusted_author;
ALTER TABLE change DROP COLUMN seen_at;
ALTER TABLE delivery DROP COLUMN lease_epoch;
ALTER TABLE delivery DROP COLUMN not_before;
