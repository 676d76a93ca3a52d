-- Jobs, their targets, what discovery found, and the task table that the lanes work through.

create table job (
    id                uuid primary key,
    type              text        not null check (type in ('EXPORT', 'DELETE')),
    export_first      boolean     not null,
    regulation        text        not null,
    external_id       text,
    stage             text        not null,
    stage_reason      text,
    on_hold           boolean     not null default false,
    received_at       timestamptz not null,
    created_at        timestamptz not null,
    due_at            timestamptz not null,
    extended          boolean     not null default false,
    finished_at       timestamptz,
    created_by_sub    text        not null,
    created_by_client text,
    catalogue_hash    text        not null,
    subject           bytea       not null,
    secrets           bytea,
    verification      text,
    callback_url      text,
    version           bigint      not null
);
comment on table job is 'One row per request; tasks and packages hang on it.';
comment on column job.subject is 'Sealed JSON of the identifiers.';
comment on column job.secrets is 'Sealed JSON of the secrets that came with the request.';

create index job_by_external_id on job (external_id) where external_id is not null;
create index job_unfinished on job (id) where finished_at is null;

create table job_target (
    job_id          uuid     not null references job,
    ordinal         integer not null,
    name            text     not null,
    named           boolean  not null,
    kind            text     not null,
    subscription_id text,
    resource_group  text,
    account         text,
    workspace       text,
    project         text,
    location        text,
    selection       text,
    unknown_owner   text,
    primary key (job_id, ordinal)
);
comment on column job_target.name is 'The folder of the package; generated where the request gave none (named = false).';

create table stage_change (
    job_id uuid        not null references job,
    seq    integer     not null,
    stage  text        not null,
    status text        not null,
    at     timestamptz not null,
    primary key (job_id, seq)
);
comment on table stage_change is 'Every stage a job has been in, for event streams to resume from.';

create table container (
    job_id    uuid     not null,
    id        uuid     not null,
    target    smallint not null,
    type      text,
    key       text,
    owner     text     not null,
    decision  text,
    variables jsonb    not null,
    path      text     not null,
    primary key (job_id, id)
);
comment on table container is 'What other resources lie in: a target, an account, a workspace, a project, a run (other people''s too).';
comment on column container.id is 'Derived from job, type, place and key, so that the same thing found twice is one row.';
comment on column container.path is 'Its folder in the package.';

create table task (
    job_id          uuid        not null,
    id              uuid        not null,
    target          smallint    not null,
    container_id    uuid        not null,
    kind            text        not null,
    type            text        not null,
    key             text,
    state           text        not null,
    reason          text,
    detail          text,
    next_step       text,
    owner           text,
    owner_container uuid,
    lane            text        not null,
    waits_for       uuid,
    step            smallint    not null default 0,
    cursor          bytea,
    attempts        integer     not null default 0,
    failing_since   timestamptz,
    next_attempt_at timestamptz,
    created_at      timestamptz not null default now(),
    finished_at     timestamptz,
    retained_until  timestamptz,
    found           jsonb,
    evidence        jsonb       not null default '[]',
    primary key (job_id, id)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
comment on table task is 'The queue and the record: one row per unit of work.';
comment on column task.id is 'UUIDv7 whose random bits are a hash of what the task is about; inserting a birth twice is harmless.';
comment on column task.lane is 'The upstream quota that it is worked off under.';
comment on column task.waits_for is 'The DISCOVER task that must have ended before this one may start.';
comment on column task.owner_container is 'The container whose owner, and whose decision, it shares.';
comment on column task.cursor is 'Sealed place to go on from: the next page, or where content lies.';
comment on column task.found is 'Of a DISCOVER task: how many things of whom.';
comment on column task.evidence is 'Array of what was sent and answered, newest last.';

create index task_ready on task (lane, job_id, id) where state = 'READY';
create index task_retry on task (lane, next_attempt_at) where state = 'RETRY_WAIT';
create index task_blocked on task (job_id, waits_for) where state = 'BLOCKED';
create index task_open on task (job_id)
    where state in ('BLOCKED', 'READY', 'RUNNING', 'AWAITING_UPSTREAM', 'VERIFYING', 'RETRY_WAIT', 'NEEDS_ACTION');
create index task_undecided on task (job_id, owner_container) where state = 'NEEDS_ACTION';

create table registered_target (
    name       text primary key,
    document   jsonb       not null,
    updated_at timestamptz not null
);
comment on table registered_target is 'The estate: where requests without targets are carried out.';

create table idempotency_key (
    client      text        not null,
    key         text        not null,
    fingerprint text        not null,
    job_id      uuid        not null,
    answer      text        not null,
    created_at  timestamptz not null,
    primary key (client, key)
);
create index idempotency_key_age on idempotency_key (created_at);
