-- Lanes and the tables of db-scheduler, which makes sure that one replica at a time drives a lane.

create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);

create table lane (
    name         text primary key,
    upstream     text   not null,
    epoch        bigint not null default 0,
    paused_until timestamptz,
    pause_reason text
);
comment on column lane.epoch is 'Grows whenever a replica takes the lane; an older holder can write no more.';

create table lane_activity (
    lane            text primary key references lane,
    holder          text        not null,
    in_flight       integer     not null,
    rate_per_second double precision not null,
    seen_at         timestamptz not null
);
comment on table lane_activity is 'What a lane''s holder last said of itself; apart from lane, whose rows settling transactions hold.';
