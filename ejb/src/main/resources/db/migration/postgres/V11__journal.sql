-- The journal of durable code: one row a call. Rows are written once, or twice where the call waits.
create table pawl_checkpoint (
    ordinal       integer          not null,
    occurrence    integer          not null,
    attempt       integer          not null,
    kind          text             not null,
    status        text             not null,
    started_at    timestamptz(6)   not null,
    completed_at  timestamptz(6),
    -- while it is open: when to go on by itself
    wake_at       timestamptz(6),
    cost          double precision not null,
    tokens        bigint           not null,
    run_id        text collate "C" not null,
    branch        text             not null,
    name          text             not null,
    output        text,
    error_code    text,
    error_message text,
    error_stage   text,
    detail        text,
    -- JournalStore.read: in order; JournalStore.open, of one run; a wish to cancel stands at -1
    primary key (run_id, ordinal)
) with (autovacuum_vacuum_scale_factor = 0.05);

-- RunStore.lockParked: methods that wait for other code
create index pawl_step_parked on pawl_step (run_id) where kind = 'CODE' and error_code is not null and due_at is null;
