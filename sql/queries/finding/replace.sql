-- $1 job, $2 findings as JSON. Called inside the transaction that holds the job's lease.
WITH gone AS (DELETE FROM finding WHERE job_id = $1)
INSERT INTO finding (job_id, check_name, tool, code, severity, path, line, col, end_line, end_col, message, url, fix, placement,
                     line_text, hunk_first_line, hunk_last_line, fingerprint)
SELECT $1, f.check_name, f.tool, f.code, f.severity, f.path, f.line, f.col, f.end_line, f.end_col, f.message, f.url, f.fix,
       f.placement, f.line_text, f.hunk_first_line, f.hunk_last_line, f.fingerprint
FROM jsonb_to_recordset($2::jsonb) AS f(check_name text, tool text, code text, severity text, path text, line integer, col integer,
     end_line integer, end_col integer, message text, url text, fix jsonb, placement text, line_text text,
     hunk_first_line integer, hunk_last_line integer, fingerprint text)
