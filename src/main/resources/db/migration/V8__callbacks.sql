-- What portals are told of their requests, and which of them want to hear no more.

alter table job add column callback_host text;
comment on column job.callback_host is 'Host and port of the callback URL, so that telling of a stage need not open it.';

create table callback (
    id              uuid        primary key,
    job_id          uuid        not null references job on delete cascade,
    seq             integer     not null,
    stage           text        not null,
    host            text        not null,
    body            text        not null,
    state           text        not null check (state in ('PENDING', 'DELIVERED', 'FAILED', 'GONE')),
    attempts        integer     not null default 0,
    tries           integer     not null default 0,
    replays         integer     not null default 0,
    last_status     integer,
    last_error      text,
    created_at      timestamptz not null,
    next_attempt_at timestamptz,
    delivered_at    timestamptz,
    unique (job_id, seq),
    check ((state = 'PENDING') = (next_attempt_at is not null))
);
create index callback_due on callback (host, next_attempt_at) where state = 'PENDING';
comment on column callback.id is 'The webhook-id, the same at every try.';
comment on column callback.seq is 'The number of the stage change within its job.';
comment on column callback.host is 'Host and port of the callback URL, which is the instance of db-scheduler that sends it.';
comment on column callback.body is 'What is sent, the same bytes at every try; holds no identifier of the subject.';
comment on column callback.attempts is 'All tries; whoever settles one must have seen all before it, and every replay.';
comment on column callback.tries is 'Tries since it was written or replayed: where it stands in the retry schedule.';

comment on column callback.replays is 'How often it was replayed: a try that was under way settles nothing any more.';

create table callback_gone (
    job_id uuid        primary key references job on delete cascade,
    since  timestamptz not null
);
comment on table callback_gone is 'Jobs whose portal has answered 410: it is told nothing until somebody replays.';
