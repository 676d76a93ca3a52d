-- Which export store the brokers of this database use, so that none of them uses another.

create table export_store (
    one     boolean     primary key default true check (one),
    id      uuid        not null,
    place   text        not null,
    since   timestamptz not null default now(),
    used_at timestamptz not null default now()
);
comment on table export_store is 'One row at most, written by the first broker that starts.';
comment on column export_store.id is 'The store holds an object that is named after it.';
comment on column export_store.place is 'Where the broker that wrote it down found the store; for people only.';
comment on column export_store.used_at is 'When a running broker last said that it uses the store.';
