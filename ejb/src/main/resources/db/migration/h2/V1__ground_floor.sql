-- Runs, their steps and their history. The columns are those of the PostgreSQL schema, where they are explained. H2 has no
-- partial indexes: columns that are null for all but open work have the same effect.

-- Texts of ordinary size stay in their rows.
set max_length_inplace_lob 100000;

create table pawl_run (
    id               varchar(64)                 not null primary key,
    tenant           varchar                     not null,
    workflow_id      varchar                     not null,
    workflow_version integer                     not null,
    priority         smallint                    not null,
    correlation_id   varchar                     not null,
    principal        varchar                     not null,
    parent_id        varchar(64),
    created_at       timestamp(6) with time zone not null,
    status           varchar(16)                 not null,
    paused           boolean                     not null,
    claim_order      smallint,
    group_no         integer                     not null,
    started_at       timestamp(6) with time zone,
    completed_at     timestamp(6) with time zone,
    output           clob,
    error_code       varchar,
    error_message    varchar,
    error_stage      varchar,
    cost             double precision            not null,
    tokens           bigint                      not null,
    last_sequence    bigint                      not null,
    version          bigint                      not null,
    input            clob                        not null,
    config           clob                        not null,
    metadata         clob                        not null
);

-- RunStore.lockPending
create index pawl_run_claim on pawl_run (claim_order, created_at, id);
-- RunQueries.list
create index pawl_run_list on pawl_run (tenant, created_at, id);
-- RunQueries.list by correlation
create index pawl_run_correlation on pawl_run (correlation_id);

create table pawl_step (
    run_id        varchar(64)                 not null,
    step_id       varchar                     not null,
    name          varchar                     not null,
    group_no      integer                     not null,
    ordinal       integer                     not null,
    priority      smallint                    not null,
    status        varchar(16)                 not null,
    attempt       integer                     not null,
    due_at        timestamp(6) with time zone,
    lease_token   varchar,
    lease_owner   varchar,
    lease_until   timestamp(6) with time zone,
    started_at    timestamp(6) with time zone,
    completed_at  timestamp(6) with time zone,
    output        clob,
    error_code    varchar,
    error_message varchar,
    error_stage   varchar,
    progress      clob,
    metrics       clob,
    cost          double precision            not null,
    tokens        bigint                      not null,
    primary key (run_id, step_id)
);

-- RunStore.lockDue
create index pawl_step_due on pawl_step (due_at);
-- RunStore.lockExpired, lockLeftBehind, extendLeases
create index pawl_step_lease on pawl_step (lease_owner);

create table pawl_event_chunk (
    run_id         varchar(64)                 not null,
    first_sequence bigint                      not null,
    last_sequence  bigint                      not null,
    occurred_at    timestamp(6) with time zone not null,
    causation_id   varchar                     not null,
    events         clob                        not null,
    -- RunQueries.events, and the relay, which comes from pawl_outbox
    primary key (run_id, first_sequence)
);

create table pawl_outbox (
    run_id         varchar(64)                 not null,
    first_sequence bigint                      not null,
    due_at         timestamp(6) with time zone not null,
    attempts       integer                     not null,
    reason         varchar,
    -- EventOutbox.lockDue
    primary key (run_id, first_sequence)
);

create table pawl_dead_event (
    run_id         varchar(64)                 not null,
    first_sequence bigint                      not null,
    attempts       integer                     not null,
    reason         varchar                     not null,
    buried_at      timestamp(6) with time zone not null,
    primary key (run_id, first_sequence)
);

create table pawl_idempotency (
    tenant       varchar                     not null,
    command_type varchar                     not null,
    idem_key     varchar                     not null,
    input_hash   varchar                     not null,
    outcome      clob,
    created_at   timestamp(6) with time zone not null,
    -- IdempotencyStore.reserve
    primary key (tenant, command_type, idem_key)
);

create table pawl_log (
    run_id    varchar(64)                 not null,
    logged_at timestamp(6) with time zone not null,
    id        bigint                      not null generated always as identity,
    level     varchar(8)                  not null,
    step_id   varchar                     not null,
    attempt   integer                     not null,
    message   clob                        not null,
    metadata  clob                        not null,
    -- RunQueries.logs
    primary key (run_id, logged_at, id)
);

create table pawl_blob (
    -- BlobStore.list
    blob_key   varchar                     not null primary key,
    created_at timestamp(6) with time zone not null,
    content    clob                        not null
);

create table pawl_duty (
    name varchar(32) not null primary key
);
insert into pawl_duty (name) values ('relay');
