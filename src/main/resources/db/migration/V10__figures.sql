-- Figures are sampled by every replica several times a minute: each is read from an index that holds little else.

drop index task_ready;
create index task_ready on task (lane, job_id, id) include (created_at, kind) where state = 'READY';
create index task_blocked_lane on task (lane) where state = 'BLOCKED';
create index task_asking on task (lane, reason) where state = 'NEEDS_ACTION';
create index task_exception on task (job_id, state)
    where state in ('INCOMPLETE', 'UNVERIFIED', 'SKIPPED', 'SOURCE_RETIRED', 'FAILED');
create index job_ended on job (finished_at) where finished_at is not null;
create index callback_undelivered on callback (state) where state in ('PENDING', 'FAILED');
