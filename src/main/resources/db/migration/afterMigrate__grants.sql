-- Lets the role under which the broker works do its work, but never change or remove what must stay. Nothing where it
-- migrates with the same role. One statement, and one replica at a time: two that grant at once would fail.
do $grants$
declare
    application constant text := '${application-role}';
    kept constant text := 'audit_entry, audit_checkpoint, audit_checkpoint_head, receipt';
begin
    perform pg_advisory_xact_lock(hashtext('dsr-broker grants'));
    if application = '' or application = current_user then
        return;
    end if;
    execute format('grant usage on schema %I to %I', current_schema(), application);
    execute format('grant select, insert, update, delete on all tables in schema %I to %I', current_schema(), application);
    execute format('grant usage on all sequences in schema %I to %I', current_schema(), application);
    execute format('grant execute on all functions in schema %I to %I', current_schema(), application);
    execute format('revoke all on flyway_schema_history from %I', application);
    execute format('revoke all on %s from %I', kept, application);
    execute format('grant select, insert on %s to %I', kept, application);
end $grants$;
