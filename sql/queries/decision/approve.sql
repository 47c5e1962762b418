-- The newest approver counts: an earlier one may have left. $1 change, $2 head, $3 who, $4 when
INSERT INTO approval (change_id, head_sha, approver_id, approved_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (change_id, head_sha) DO UPDATE SET approver_id = excluded.approver_id, approved_at = excluded.approved_at
