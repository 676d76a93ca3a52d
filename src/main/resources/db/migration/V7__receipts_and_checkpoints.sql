-- Receipts, signed checkpoints over all chains, and tables to which rows are only ever added.

alter table audit_entry drop constraint audit_entry_job_id_fkey;
comment on column audit_entry.job_id is
    'The job whose chain it is; 00000000-0000-0000-0000-000000000000 is the chain of the broker itself. No foreign key: the trail outlives what it tells of.';

create table audit_pending (
    chain uuid   not null,
    seq   bigint not null,
    primary key (chain, seq)
);
comment on table audit_pending is
    'Entries that no checkpoint covers yet. A row for each, not one per chain: so no entry can slip in unseen while a checkpoint is taken.';
insert into audit_pending (chain, seq) select job_id, seq from audit_entry;

create table audit_checkpoint (
    seq bigint primary key,
    kid text not null,
    jws text not null
);
comment on table audit_checkpoint is 'What all chains had come to at a time, signed; each names the hash of the one before.';

create table audit_checkpoint_head (
    checkpoint bigint not null,
    chain      uuid   not null,
    seq        bigint not null,
    hash       text   not null,
    primary key (checkpoint, chain)
);
create index audit_checkpoint_head_chain on audit_checkpoint_head (chain, checkpoint);
comment on table audit_checkpoint_head is 'The newest entry of every chain that had grown since the checkpoint before; a checkpoint signs their digest.';

create table receipt (
    job_id    uuid   not null,
    audit_seq bigint not null,
    kid       text   not null,
    jws       text   not null,
    primary key (job_id, audit_seq)
);
comment on table receipt is 'One for every time that a job ended.';
comment on column receipt.audit_seq is 'The entry of the job''s chain that tells of this ending.';

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'Rows are only ever added to %', tg_table_name using errcode = 'insufficient_privilege';
end $$;
comment on function refuse_change is 'Stops the owner too; who must remove what is older than retention asks has to disable the trigger, which shows.';

create trigger only_added before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();
create trigger only_added before update or delete or truncate on audit_checkpoint
    for each statement execute function refuse_change();
create trigger only_added before update or delete or truncate on audit_checkpoint_head
    for each statement execute function refuse_change();
create trigger only_added before update or delete or truncate on receipt
    for each statement execute function refuse_change();
