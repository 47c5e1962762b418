-- $1 public key
INSERT INTO bot_box (public_key) VALUES ($1) ON CONFLICT (only_one) DO UPDATE SET public_key = EXCLUDED.public_key
