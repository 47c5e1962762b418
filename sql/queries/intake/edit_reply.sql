-- Somebody wrote their own comment anew: what asks now, asks from now on; what asked before, since then.
-- $1 repository, $2 comment, $3 person, $4 at, $5 whether its words ask somebody
UPDATE human_reply edited
SET asks = judged.asks, asked_at = CASE WHEN judged.asks AND NOT edited.asks THEN $4 ELSE edited.asked_at END,
    edited_at = $4
FROM (SELECT own.id, $5 OR EXISTS (SELECT FROM human_reply other
                                   WHERE own.thread <> '' AND other.repository_id = own.repository_id
                                     AND other.target_kind = own.target_kind AND other.number = own.number
                                     AND other.thread = own.thread AND other.person_id <> own.person_id
                                     AND other.at < own.at) AS asks
      FROM human_reply own WHERE own.repository_id = $1 AND own.host_comment_id = $2) judged
WHERE edited.id = judged.id AND edited.person_id = $3 AND coalesce(edited.edited_at, edited.at) <= $4
