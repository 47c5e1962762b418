-- What each service may do in the database, whole and in one place. Applied after the migrations by
-- `greenroom migrate --roles`, again and again: everything is taken away first, then given, in one transaction.
-- A service that is broken into can do what its role can, so a role gets what its service does and nothing more.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['greenroom_webhook', 'greenroom_bot', 'greenroom_runner', 'greenroom_dashboard'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
                EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', name);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- another database of this cluster made it at the same moment
        END;
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public, local_host FROM %I', name);
        EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA public, local_host FROM %I', name);
        EXECUTE format('REVOKE ALL ON SCHEMA public, local_host FROM %I', name);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), name);
        EXECUTE format('GRANT SELECT ON schema_migration TO %I', name);
    END LOOP;
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- webhook: stores deliveries. It faces the network: it cannot read a body back, nor change or remove a row.
GRANT INSERT (trace_id, host, host_delivery, event_name, semantic_key, headers, body, received_at) ON delivery TO greenroom_webhook;
GRANT SELECT (id, trace_id, host, host_delivery, event_name, semantic_key, received_at, state) ON delivery TO greenroom_webhook;

GRANT SELECT, INSERT, UPDATE ON webhook_box TO greenroom_webhook;
GRANT SELECT (sealed_webhook_secret) ON github_app TO greenroom_webhook;

-- bot: moves the whole line, except what belongs to signed-in people. It acts on the practice host as the bot does.
GRANT SELECT, INSERT, UPDATE, DELETE ON
    repository, person, change, event, job, check_run, finding, section, review, effect, posted, lesson_shown, greeting,
    buddy, buddy_assignment, timer, human_reply, poll_cursor, approval TO greenroom_bot;
GRANT SELECT (id, state, reason, attempts, lease_until, queued_at), UPDATE (state, reason, lease_until, finished_at), DELETE
    ON practice_try TO greenroom_bot;  -- ends and removes them; what people try is not its business
GRANT SELECT, INSERT, UPDATE ON delivery TO greenroom_bot;
GRANT SELECT, UPDATE (not_before, sealed, refusal), DELETE ON read_access TO greenroom_bot;
GRANT SELECT, INSERT, UPDATE, DELETE ON connection TO greenroom_bot;
GRANT SELECT, INSERT, UPDATE ON bot_box TO greenroom_bot;
GRANT SELECT ON webhook_box TO greenroom_bot;
GRANT SELECT, INSERT ON github_app TO greenroom_bot;
GRANT SELECT (state_sha256, made_at, returned_at, sealed_code, claimed_at, settled_at),
    UPDATE (claimed_at, settled_at, failure), DELETE ON app_request TO greenroom_bot;
GRANT USAGE ON SCHEMA local_host TO greenroom_bot;
GRANT SELECT (id, login, display_name, kind, created_at) ON local_host.account TO greenroom_bot;
GRANT SELECT ON local_host.repository, local_host.member TO greenroom_bot;
GRANT SELECT, UPDATE ON local_host.item TO greenroom_bot;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    local_host.item_label, local_host.thread, local_host.comment, local_host.reaction, local_host.status TO greenroom_bot;
GRANT SELECT, INSERT ON local_host.ledger TO greenroom_bot;
GRANT SELECT, DELETE ON local_host.journal TO greenroom_bot;

-- runner: leases jobs and reports what the tools said. It handles untrusted code: no deliveries, no effects, nothing
-- of the practice host, no way to make a job or to approve one.
GRANT SELECT ON repository, change, job, check_run, finding, review TO greenroom_runner;
GRANT UPDATE (state, reason, attempts, lease_epoch, lease_until, runner, degraded, root_filesystem, config_error, inline_cap, merge_base,
              diff, size_files, size_added, size_removed, started_at, finished_at, announced_at) ON job TO greenroom_runner;
GRANT SELECT, INSERT (repository_id, served_at), UPDATE (served_at) ON queue_turn TO greenroom_runner;
GRANT SELECT (id, trace_id, file_name, content, repository_id, head_sha, base_sha, run, may_run, state, attempts,
              lease_epoch, lease_until) ON practice_try TO greenroom_runner;
GRANT UPDATE (state, reason, attempts, lease_epoch, lease_until, runner, report, started_at, finished_at)
    ON practice_try TO greenroom_runner;
GRANT INSERT, UPDATE, DELETE ON check_run, finding TO greenroom_runner;
GRANT SELECT, INSERT (job_id, lease_epoch, public_key),
    UPDATE (lease_epoch, public_key, asked_at, not_before, sealed, refusal) ON read_access TO greenroom_runner;
GRANT INSERT (change_id, trace_id), UPDATE (trace_id, dirty_version) ON review TO greenroom_runner;

-- dashboard: reads, and writes what a signed-in person may change. It is also where the practice host is served.
GRANT SELECT ON
    repository, person, change, event, job, check_run, finding, section, review, effect, posted, lesson_shown, greeting,
    buddy, buddy_assignment, timer, human_reply, change_turn, session, sign_in_link TO greenroom_dashboard;
GRANT SELECT (id, trace_id, host, host_delivery, event_name, semantic_key, received_at, state, attempts, error, settled_at)
    ON delivery TO greenroom_dashboard;
GRANT INSERT, UPDATE, DELETE ON session, sign_in_link, buddy TO greenroom_dashboard;
GRANT INSERT, UPDATE ON person TO greenroom_dashboard;
GRANT SELECT, INSERT (trace_id, person_id, file_name, content, repository_id, branch, head_sha, base_sha, run, may_run),
    UPDATE (state, reason, content, report, lease_until, finished_at) ON practice_try TO greenroom_dashboard;
GRANT SELECT, UPDATE (asked_at) ON connection TO greenroom_dashboard;
GRANT SELECT ON bot_box, webhook_box TO greenroom_dashboard;
GRANT SELECT (page, made_at) ON github_app TO greenroom_dashboard;
GRANT SELECT, INSERT (state_sha256, session_sha256), UPDATE (returned_at, sealed_code) ON app_request
    TO greenroom_dashboard;
GRANT USAGE ON SCHEMA local_host TO greenroom_dashboard;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    local_host.account, local_host.repository, local_host.member, local_host.item, local_host.item_label,
    local_host.thread, local_host.comment, local_host.reaction, local_host.outbox TO greenroom_dashboard;
GRANT SELECT, INSERT, UPDATE (used_at, revoked_at) ON local_host.push_token TO greenroom_dashboard;
GRANT SELECT ON local_host.status, local_host.ledger TO greenroom_dashboard;
GRANT INSERT ON local_host.journal TO greenroom_dashboard;
