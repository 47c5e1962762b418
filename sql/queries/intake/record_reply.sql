-- $1 repository, $2 kind, $3 number, $4 comment, $5 person, $6 at, $7 thread ('': in the conversation), $8 whether its
-- words ask somebody, $9 whether the host lets the person answer for the project. Whoever writes in a thread in which
-- another person wrote asks that person to read it. Whoever is on the roster of buddies, or was asked to help with this
-- change, answers for the project, too.
INSERT INTO human_reply (repository_id, target_kind, number, host_comment_id, person_id, at, thread, asks, of_project)
VALUES ($1, $2, $3, $4, $5, $6, $7,
        $8 OR ($7 <> '' AND EXISTS (SELECT FROM human_reply other
                                    WHERE other.repository_id = $1 AND other.target_kind = $2 AND other.number = $3
                                      AND other.thread = $7 AND other.person_id <> $5)),
        $9 OR EXISTS (SELECT FROM buddy WHERE buddy.repository_id = $1 AND buddy.person_id = $5)
           OR EXISTS (SELECT FROM buddy_assignment JOIN change ON change.id = buddy_assignment.change_id
                      WHERE change.repository_id = $1 AND $2 = 'change' AND change.number = $3
                        AND buddy_assignment.person_id = $5))
ON CONFLICT DO NOTHING
