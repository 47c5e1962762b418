-- What a bot claimed and never settled, and codes that have run out meanwhile. $1 what to say
UPDATE app_request SET settled_at = now(), failure = $1
WHERE settled_at IS NULL AND (claimed_at < now() - interval '5 minutes' OR returned_at < now() - interval '1 hour')
