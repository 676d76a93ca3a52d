-- The console's sessions, as Spring Session JDBC expects them, and what people show for work done by hand.

create table spring_session (
    primary_id            char(36) not null primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval integer  not null,
    expiry_time           bigint   not null,
    principal_name        text
);
comment on table spring_session is 'Who is signed in at the console; written by Spring Session. Times in milliseconds since 1970.';
create unique index spring_session_by_id on spring_session (session_id);
create index spring_session_by_expiry on spring_session (expiry_time);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
comment on table spring_session_attributes is 'What a session holds: who it is and what they may do, but no token.';

create table evidence_file (
    job_id     uuid        not null references job,
    task_id    uuid        not null,
    sha256     text        not null,
    media_type text        not null,
    content    bytea       not null,
    kept_at    timestamptz not null default now(),
    primary key (job_id, task_id, sha256)
);
comment on table evidence_file is 'What people show for work that they did by hand.';
comment on column evidence_file.sha256 is 'Of the file, 64 lower-case hex digits.';
comment on column evidence_file.content is 'Sealed.';
