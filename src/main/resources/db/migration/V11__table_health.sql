-- Tables that stay quick: indexes that something uses, space for updates in place, and an archive for what has ended.

-- task_lists serves all readers of task_verifying; task_covered served one statement, at an approval, that may look at
-- all tasks of its job as well.
drop index task_verifying;
drop index task_covered;

-- Of what waits for its turn only: what was deleted need not be kept in order.
drop index task_ordered;
create index task_ordered on task (job_id, container_id, type)
    where kind = 'DELETE' and state = 'BLOCKED' and covered_by is null;

-- Every reader asks for what has not ended, some by type.
drop index task_open;
create index task_open on task (job_id, type) where finished_at is null;

-- A heartbeat every two seconds for every lane that is driven: with an index on its time none of them could be done in
-- place. The table has a row per lane, callback host and package to be made; nothing is found faster by these two.
drop index scheduled_tasks_last_heartbeat;
drop index scheduled_tasks_priority;
alter table scheduled_tasks set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

alter table lane set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table lane_activity set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table lane_claim set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 2000);
alter table job set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
alter table callback set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
alter table plan_item set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
alter table task set (autovacuum_vacuum_cost_limit = 1000);

-- The same columns in the same order, so that rows move by "select *"; whoever adds a column to one adds it to both.
create table task_archive (like task including defaults including storage, primary key (job_id, id));
comment on table task_archive is 'Tasks of jobs that ended long ago; no lane looks here.';

create view every_task as select * from task union all select * from task_archive;
comment on view every_task is 'Tasks, archived or not: what is read of a job that may have ended.';

alter table job add column archived_at timestamptz;
comment on column job.archived_at is 'When the last of its tasks was archived; null again when something is retried.';
create index job_to_archive on job (finished_at) where finished_at is not null and archived_at is null;
