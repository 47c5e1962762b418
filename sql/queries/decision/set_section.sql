INSERT INTO section (change_id, name, markdown) VALUES ($1, $2, $3)
ON CONFLICT (change_id, name) DO UPDATE SET markdown = excluded.markdown
