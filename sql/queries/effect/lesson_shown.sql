-- The author of the change has met the lesson now. $1 repository, $2 number, $3 lesson
INSERT INTO lesson_shown (person_id, lesson, change_id)
SELECT author_id, $3, id FROM change WHERE repository_id = $1 AND number = $2
ON CONFLICT DO NOTHING
