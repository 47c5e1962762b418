-- Locked, so that two changes opened together cannot both take a buddy's last place. $1 repository
SELECT person.id, person.host, person.host_account_id, person.login, person.display_name,
       buddy.capacity, buddy.away_until, buddy.last_picked, array_to_json(buddy.knows) AS knows,
       (SELECT count(*) FROM buddy_assignment WHERE person_id = person.id AND ended_at IS NULL) AS current_load
FROM buddy JOIN person ON person.id = buddy.person_id
WHERE buddy.repository_id = $1
ORDER BY person.id
FOR UPDATE OF buddy
