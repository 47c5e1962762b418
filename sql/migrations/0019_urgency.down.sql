DROP INDEX effect_open;
ALTER TABLE effect DROP COLUMN urgency;
CREATE INDEX effect_open ON effect (repository_id, target_kind, number, id) WHERE state IN ('pending', 'sending', 'in_doubt');
