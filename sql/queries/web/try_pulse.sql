-- Changes whenever the page of the try has something new to show. $1 try, $2 person
SELECT state IN ('finished', 'cancelled', 'dead') AS final, state AS pulse
FROM practice_try WHERE id = $1 AND person_id = $2
