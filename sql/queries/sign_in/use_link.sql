-- Once: of two at the same moment one gets no row. $1 SHA-256 of the token in hex
UPDATE sign_in_link SET used_at = now()
WHERE token_sha256 = $1 AND used_at IS NULL AND expires_at > now()
RETURNING person_id, is_operator
