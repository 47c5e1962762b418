-- Lessons that this person met in earlier changes. $1 person, $2 this change
SELECT lesson, count(*) AS meetings FROM lesson_shown WHERE person_id = $1 AND change_id <> $2 GROUP BY lesson
