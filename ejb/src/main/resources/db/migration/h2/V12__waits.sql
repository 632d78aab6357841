-- Events, and who waits for them. The columns are those of the PostgreSQL schema, where they are explained. H2 has no
-- advisory locks: a publication and a registration on the same channel lock the same row of pawl_channel.

create table pawl_inbox (
    tenant      varchar                     not null,
    event_key   varchar                     not null,
    name        varchar                     not null,
    correlation varchar                     not null,
    data        clob                        not null,
    occurred_at timestamp(6) with time zone not null,
    received_at timestamp(6) with time zone not null,
    kept_at     timestamp(6) with time zone,
    -- WaitStore.keep: tells doubles
    primary key (tenant, event_key)
);

-- WaitStore.take
create index pawl_inbox_kept on pawl_inbox (tenant, name, correlation, kept_at);
-- retention
create index pawl_inbox_received on pawl_inbox (received_at);

create table pawl_wait (
    run_id             varchar(64) not null,
    ordinal            integer     not null,
    place              integer     not null,
    tenant             varchar     not null,
    event              varchar,
    correlation        varchar,
    filter             varchar,
    until_at           timestamp(6) with time zone,
    child_id           varchar(64),
    cancel_with_parent boolean     default false not null,
    is_orphan          boolean     default false not null,
    ready_at           timestamp(6) with time zone,
    event_key          varchar,
    output             clob,
    error_code         varchar,
    error_message      varchar,
    error_stage        varchar,
    primary key (run_id, ordinal, place)
);

-- WaitStore.assign
create index pawl_wait_open on pawl_wait (event, correlation, tenant);
-- WaitStore.childEnded
create index pawl_wait_child on pawl_wait (child_id);
-- WaitStore.ready
create index pawl_wait_ready on pawl_wait (ready_at);

-- WaitStore.lock: a channel belongs to one of these rows by its hash
create table pawl_channel (
    bucket integer not null primary key
);
insert into pawl_channel (bucket) select x from system_range(0, 63);
