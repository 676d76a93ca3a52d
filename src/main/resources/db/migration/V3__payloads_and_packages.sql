-- What was exported, and the package made of it.

create table payload (
    job_id  uuid     not null,
    task_id uuid     not null,
    part    smallint not null,
    body    bytea,
    store   text,
    sha256  text     not null,
    bytes   bigint   not null,
    primary key (job_id, task_id, part)
) with (toast_tuple_target = 8160);
alter table payload alter column body set storage external;
comment on column payload.part is '0 the document or content, 1 the URI beside it.';
comment on column payload.store is 'Key in the export store, for content too large for a row.';
comment on column payload.sha256 is 'Of the plain bytes as the package holds them.';

create table package (
    job_id     uuid primary key references job,
    store      text        not null,
    sha256     text        not null,
    bytes      bigint      not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
