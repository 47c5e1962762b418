-- Lessons that this person met before and has not met in exactly the five changes before this one: exactly, so that the
-- praise is said on one change and not on each that follows. $1 person, $2 this change
SELECT lesson
FROM lesson_shown
WHERE person_id = $1 AND change_id <> $2
GROUP BY lesson
HAVING (SELECT count(*) FROM change WHERE author_id = $1 AND id > max(lesson_shown.change_id) AND id < $2) = 5
ORDER BY lesson
