-- For role/apply_verifier in the same transaction: a DO block takes no parameters.
SELECT set_config('greenroom.role', $1, true), set_config('greenroom.verifier', $2, true)
