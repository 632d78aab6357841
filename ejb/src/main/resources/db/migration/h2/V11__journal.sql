-- The journal of durable code: one row a call. Rows are written once, or twice where the call waits.
create table pawl_checkpoint (
    run_id        varchar(64)                 not null,
    ordinal       integer                     not null,
    branch        varchar                     not null,
    name          varchar                     not null,
    occurrence    integer                     not null,
    kind          varchar(20)                 not null,
    status        varchar(20)                 not null,
    attempt       integer                     not null,
    started_at    timestamp(6) with time zone not null,
    completed_at  timestamp(6) with time zone,
    -- while it is open: when to go on by itself
    wake_at       timestamp(6) with time zone,
    output        clob,
    error_code    varchar,
    error_message varchar,
    error_stage   varchar,
    detail        clob,
    cost          double precision            not null,
    tokens        bigint                      not null,
    -- JournalStore.read: in order; JournalStore.open, of one run; a wish to cancel stands at -1
    primary key (run_id, ordinal)
);
