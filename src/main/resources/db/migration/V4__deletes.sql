-- Deletes: what is planned, who approved it, in which order it goes, and who did what.

alter table job
    add column phase          text check (phase in ('PLANNING', 'PROPOSED', 'EXPORTING', 'CHECKING', 'DELETING')),
    add column pass           integer not null default 1,
    add column destructive_at timestamptz;
comment on column job.phase is 'Of a delete: what is being done, finer than the stage; null for an export.';
comment on column job.pass is 'How often what there is has been looked for, beginning with 1.';
comment on column job.destructive_at is 'When the first DELETE was about to be sent; from then on nothing can be cancelled.';

alter table container
    add column parent  uuid,
    add column remover uuid;
comment on column container.parent is 'The container in which it was found; null for a target.';
comment on column container.remover is 'The task whose deletion takes what lies here with it; null where none does.';

alter table task
    add column pass            integer  not null default 1,
    add column found_by        uuid,
    add column covered_by      uuid,
    add column absent_reads    smallint not null default 0,
    add column verifying_since timestamptz;
comment on column task.pass is 'Of a DISCOVER task: the pass in which it was last worked on.';
comment on column task.found_by is 'The DISCOVER task whose list it came from; reading that list again proves absence.';
comment on column task.covered_by is 'The task whose deletion takes this resource with it.';
comment on column task.absent_reads is 'How many readings in a row have not shown it.';

drop index task_retry;
create index task_due on task (lane, next_attempt_at) where state in ('RETRY_WAIT', 'VERIFYING', 'AWAITING_UPSTREAM');
create index task_discovering on task (job_id) where kind = 'DISCOVER' and finished_at is null;
create index task_ordered on task (job_id, container_id, type) where kind in ('DELETE', 'MANUAL') and covered_by is null;
create index task_covered on task (job_id, covered_by) where covered_by is not null;
create index task_verifying on task (job_id, found_by) where state = 'VERIFYING';

create table plan (
    job_id     uuid primary key references job,
    hash       text        not null,
    pass       integer     not null,
    made_at    timestamptz not null,
    difference jsonb
);
comment on table plan is 'The plan of a delete that was last proposed to people.';
comment on column plan.pass is 'The pass of discovery that it was made of.';
comment on column plan.difference is 'What has changed since the plan before it, where that had been approved.';

create table plan_item (
    job_id       uuid     not null,
    task_id      uuid     not null,
    target       smallint not null,
    container_id uuid     not null,
    type         text     not null,
    key          text     not null,
    owner        text     not null,
    person       text,
    action       text     not null check (action in ('DELETE', 'COVERED', 'MANUAL', 'SKIPPED', 'OUT_OF_SCOPE')),
    reason       text,
    covered_by   uuid,
    decision     text,
    born         integer  not null,
    pass         integer  not null,
    was          jsonb,
    primary key (job_id, task_id)
);
comment on table plan_item is 'One row per resource that discovery found for a delete; those of the newest pass are the plan.';
comment on column plan_item.person is 'Keyed hash of the owner where the owner is another person, to count people by.';
comment on column plan_item.decision is 'What a person decided about a resource of unknown owner.';
comment on column plan_item.born is 'The pass in which it was first found.';
comment on column plan_item.pass is 'The pass in which it was last found.';
comment on column plan_item.was is 'What the proposed plan says of it, where the newest pass found something else.';

create table approval (
    job_id     uuid        not null references job,
    seq        integer     not null,
    plan_hash  text        not null,
    sub        text        not null,
    client     text,
    comment    text,
    excluded   jsonb       not null,
    at         timestamptz not null,
    void_since timestamptz,
    primary key (job_id, seq)
);
comment on column approval.void_since is 'When the plan turned out to have changed; from then on it allows nothing.';
comment on column approval.excluded is 'What the approver left out: task ids with reasons.';

create table active_delete (
    identifier text primary key,
    job_id     uuid not null references job
);
create index active_delete_job on active_delete (job_id);
comment on table active_delete is 'Keyed hashes of the identifiers of every subject with a delete under way: no two may share one.';

create table audit_entry (
    job_id        uuid        not null references job,
    seq           bigint      not null,
    at            timestamptz not null,
    sub           text        not null,
    client        text,
    action        text        not null,
    detail        jsonb       not null,
    previous_hash text        not null,
    hash          text        not null,
    primary key (job_id, seq)
);
comment on table audit_entry is 'Who did what, chained by hashes job by job.';
