-- What goes first when a host limits how much may be written: 0 answers a person, 1 the review, 2 what nobody waits for,
-- 3 that checks are running.
ALTER TABLE effect ADD COLUMN urgency smallint NOT NULL DEFAULT 1 CHECK (urgency BETWEEN 0 AND 3);
DROP INDEX effect_open;
CREATE INDEX effect_open ON effect (repository_id, target_kind, number, id) INCLUDE (urgency)
    WHERE state IN ('pending', 'sending', 'in_doubt');
