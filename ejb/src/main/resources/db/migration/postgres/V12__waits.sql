-- Events, and who waits for them. A publication and a registration on the same channel (tenant, event, correlation) are
-- serialised by a transaction-level advisory lock on a hash of the channel, see WaitStore.lock.

create table pawl_inbox (
    -- since when it is kept for a wait to come; null once something took it
    kept_at     timestamptz(6),
    occurred_at timestamptz(6)   not null,
    received_at timestamptz(6)   not null,
    tenant      text collate "C" not null,
    event_key   text collate "C" not null,
    name        text collate "C" not null,
    correlation text collate "C" not null,
    data        text             not null,
    -- WaitStore.keep: tells doubles
    primary key (tenant, event_key)
);

-- WaitStore.take: events nobody has taken, the oldest first
create index pawl_inbox_kept on pawl_inbox (tenant, name, correlation, kept_at) where kept_at is not null;
-- retention
create index pawl_inbox_received on pawl_inbox (received_at);

-- One row an event or child that a checkpoint waits for; gone once that is delivered.
create table pawl_wait (
    -- when something came, or the child became an orphan; null while the wait is open
    ready_at           timestamptz(6),
    until_at           timestamptz(6),
    ordinal            integer          not null,
    place              integer          not null,
    cancel_with_parent boolean          not null default false,
    is_orphan          boolean          not null default false,
    run_id             text collate "C" not null,
    tenant             text collate "C" not null,
    -- null where a child is waited for
    event              text collate "C",
    correlation        text collate "C",
    filter             text,
    -- null where an event is waited for
    child_id           text collate "C",
    -- what came: an event of the inbox, or the end of the child
    event_key          text collate "C",
    output             text,
    error_code         text,
    error_message      text,
    error_stage        text,
    primary key (run_id, ordinal, place)
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);

-- WaitStore.assign: open waits for an event
create index pawl_wait_open on pawl_wait (tenant, event, correlation) where ready_at is null and event is not null;
-- WaitStore.childEnded
create index pawl_wait_child on pawl_wait (child_id) where ready_at is null and child_id is not null;
-- WaitStore.ready: what is to be delivered
create index pawl_wait_ready on pawl_wait (ready_at) where ready_at is not null;
