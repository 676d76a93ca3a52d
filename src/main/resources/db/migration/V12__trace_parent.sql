-- The trace that a request began goes on with whatever is done for it, on any replica.

alter table job add column trace_parent text;
comment on column job.trace_parent is 'W3C Trace Context of the request that was taken in; null where it was not traced.';
