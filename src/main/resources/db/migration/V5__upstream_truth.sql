-- What lanes learn of their upstreams, and what keeps killing its replica.

alter table lane
    add column setbacks     integer not null default 0,
    add column reads_left   double precision,
    add column deletes_left double precision,
    add column left_at      timestamptz,
    add column held_since   timestamptz,
    add column held_by      text,
    add column held_reason  text;
comment on column lane.setbacks is 'How many pauses in a row there were without a call between them that worked.';
comment on column lane.reads_left is 'Tokens in the bucket of reads when its last holder gave it back in order; null where nobody knows.';
comment on column lane.deletes_left is 'The same of deletes.';
comment on column lane.left_at is 'When that was.';
comment on column lane.held_since is 'Since when a person has stopped it; it stays so until a person lets it go on.';

create table lane_claim (
    lane   text    primary key references lane,
    holder text    not null,
    jobs   uuid[]  not null,
    tasks  uuid[]  not null,
    alone  boolean not null
);
comment on table lane_claim is 'What a lane''s holder works on; found by the next one only where the holder died.';
comment on column lane_claim.alone is 'Whether nothing else was being worked on.';

alter table task
    add column crashes smallint not null default 0;
comment on column task.crashes is 'How often a replica died while it worked on this; from 2 on it is worked on alone, at 5 no more.';

-- One index for each way in which a lane looks for what waits: rows of one state must not stand in the way of another's.
drop index task_due;
create index task_retry on task (lane, next_attempt_at) where state = 'RETRY_WAIT';
create index task_awaiting on task (lane, next_attempt_at) where state = 'AWAITING_UPSTREAM';
create index task_lists on task (lane, job_id, found_by, next_attempt_at) where state = 'VERIFYING';
create index task_running on task (lane) where state = 'RUNNING';

create function waiting_lists(of_lane text)
    returns table (job_id uuid, found_by uuid, next_attempt_at timestamptz)
    language sql stable
as $$
    with recursive list as (
        (select t.job_id, t.found_by, t.next_attempt_at from task t
         where t.lane = of_lane and t.state = 'VERIFYING'
         order by t.job_id, t.found_by, t.next_attempt_at limit 1)
        union all
        select n.job_id, n.found_by, n.next_attempt_at
        from list l cross join lateral (
            select t.job_id, t.found_by, t.next_attempt_at from task t
            where t.lane = of_lane and t.state = 'VERIFYING' and (t.job_id, t.found_by) > (l.job_id, l.found_by)
            order by t.job_id, t.found_by, t.next_attempt_at limit 1) n
    )
    select list.job_id, list.found_by, list.next_attempt_at from list
$$;
comment on function waiting_lists is
    'The lists that prove absences of a lane, each with the time at which it is to be read next; steps over all that wait for the same.';
