-- Encryption at rest: a key per job, and names that nobody can read without it.

do $$
begin
    if exists (select from job) then
        raise exception 'This database holds jobs of a development version that kept names in the clear; start with an empty one';
    end if;
end
$$;

create table data_key (
    owner      uuid primary key,
    kek        text        not null,
    wrapped    bytea       not null
);
create index data_key_kek on data_key (kek);
comment on table data_key is 'The key of each job, wrapped; where a row is gone, what was sealed for the job cannot be opened any more.';
comment on column data_key.owner is 'A job, or the nil UUID: the key by which identifiers are found across jobs.';
comment on column data_key.kek is 'The key-encryption key that it is wrapped with.';

alter table job alter column callback_url type bytea using null;
comment on column job.callback_url is 'Sealed: it may hold a secret of the portal.';

alter table job add column erased_at timestamptz, add column swept boolean not null default false,
    add column secrets_gone boolean not null default false;
comment on column job.secrets_gone is 'Whether the request came with secrets that are destroyed now.';
comment on column job.erased_at is 'When the job''s key was destroyed.';
comment on column job.verification is 'How the subject was identified; a request with an identifier in it is refused.';
comment on column job.swept is 'Whether what could not be opened any more has been deleted, too.';
create index job_with_secrets on job (id) where secrets is not null;
create index job_to_sweep on job (erased_at) where erased_at is not null and not swept;
create index job_to_erase on job (finished_at) where finished_at is not null and erased_at is null;

alter table task alter column key type bytea using null, add column key_mark text;
comment on column task.key is 'Sealed.';
comment on column task.key_mark is 'Keyed hash of the key in lower case, to compare keys of a job by; begins with "unnamed:" where the list gave none.';

alter table container drop column key, drop column variables, drop column path,
    add column place bytea not null, add column place_mark text not null;
comment on column container.place is 'Sealed JSON: every template variable known there, and the folder in the package.';
comment on column container.place_mark is 'Keyed hash of it, by which a change is noticed.';

alter table plan_item alter column key type bytea using null;
comment on column plan_item.key is 'Sealed.';

alter table plan alter column difference type bytea using null;
comment on column plan.difference is 'Sealed JSON of what has changed since the plan before it, where that had been approved.';

