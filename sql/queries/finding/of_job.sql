-- $1 job, in the order in which the runner sorted them
SELECT check_name, tool, code, severity, path, line, col, end_line, end_col, message, url, fix, placement, line_text,
       hunk_first_line, hunk_last_line, fingerprint
FROM finding WHERE job_id = $1 ORDER BY id
