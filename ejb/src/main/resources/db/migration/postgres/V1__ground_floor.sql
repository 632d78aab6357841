-- Runs, their steps and their history.
--
-- Ids compare byte by byte ("C"), as the engine compares them: locks are taken in that order.
-- There are no foreign keys: each would lock the run's row once more for every step and event written. Whatever
-- belongs to a run is written in the transaction that holds the run's row.
-- Columns that change come first and long ones that do not come last, because PostgreSQL logs of an update within a
-- page only what lies between the unchanged beginning and end of the row. Free space in the pages keeps updates there.

create table pawl_run (
    version          bigint           not null,
    last_sequence    bigint           not null,
    tokens           bigint           not null,
    cost             double precision not null,
    started_at       timestamptz(6),
    completed_at     timestamptz(6),
    group_no         integer          not null,
    -- minus the priority while the run waits to be claimed and is not paused, else null
    claim_order      smallint,
    paused           boolean          not null,
    status           text             not null,
    error_code       text,
    error_message    text,
    error_stage      text,
    output           text,
    created_at       timestamptz(6)   not null,
    workflow_version integer          not null,
    priority         smallint         not null,
    id               text collate "C" not null primary key,
    tenant           text collate "C" not null,
    workflow_id      text             not null,
    correlation_id   text collate "C" not null,
    principal        text             not null,
    parent_id        text collate "C",
    metadata         text             not null,
    config           text             not null,
    input            text             not null
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);

-- RunStore.lockPending: open work only; a status in the condition would cost every later change of status an entry
create index pawl_run_claim on pawl_run (claim_order, created_at) where claim_order is not null;
-- RunQueries.list: newest first in a tenant; the id is part of it so that no sort is ever the cheaper plan
create index pawl_run_list on pawl_run (tenant, created_at, id);
-- RunQueries.list by correlation; most runs are their own correlation and need no entry
create index pawl_run_correlation on pawl_run (correlation_id) where correlation_id <> id;

create table pawl_step (
    due_at        timestamptz(6),
    lease_until   timestamptz(6),
    started_at    timestamptz(6),
    completed_at  timestamptz(6),
    cost          double precision not null,
    tokens        bigint           not null,
    attempt       integer          not null,
    status        text             not null,
    lease_token   text,
    lease_owner   text collate "C",
    error_code    text,
    error_message text,
    error_stage   text,
    output        text,
    progress      text,
    metrics       text,
    group_no      integer          not null,
    ordinal       integer          not null,
    -- of its run, so that due steps are sorted without reading runs
    priority      smallint         not null,
    run_id        text collate "C" not null,
    step_id       text collate "C" not null,
    name          text             not null,
    primary key (run_id, step_id)
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);

-- RunStore.lockDue: steps that wait for a worker
create index pawl_step_due on pawl_step (due_at) where due_at is not null;
-- RunStore.lockExpired, lockLeftBehind, extendLeases, in-doubt branches: steps in a worker's hands. The end of the lease is
-- not part of it, so that a heartbeat costs no index entry.
create index pawl_step_lease on pawl_step (lease_owner) where lease_owner is not null;

-- History: what one transaction recorded for one run. Rows are written once.
create table pawl_event_chunk (
    run_id         text collate "C" not null,
    first_sequence bigint           not null,
    last_sequence  bigint           not null,
    occurred_at    timestamptz(6)   not null,
    causation_id   text             not null,
    -- JSON array of {type, payload} with at and by where they differ from occurred_at and causation_id
    events         text             not null,
    -- RunQueries.events, and the relay, which comes from pawl_outbox
    primary key (run_id, first_sequence)
);

-- Entries not yet relayed, and nothing else: relayed ones are deleted, so that history is never rewritten.
create table pawl_outbox (
    run_id         text collate "C" not null,
    first_sequence bigint           not null,
    due_at         timestamptz(6)   not null,
    attempts       integer          not null,
    reason         text,
    -- EventOutbox.lockDue: in order per run
    primary key (run_id, first_sequence)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table pawl_dead_event (
    run_id         text collate "C" not null,
    first_sequence bigint           not null,
    attempts       integer          not null,
    reason         text             not null,
    buried_at      timestamptz(6)   not null,
    primary key (run_id, first_sequence)
);

create table pawl_idempotency (
    tenant       text collate "C" not null,
    command_type text collate "C" not null,
    idem_key     text collate "C" not null,
    input_hash   text             not null,
    outcome      text,
    created_at   timestamptz(6)   not null,
    -- IdempotencyStore.reserve: the row a duplicate waits for
    primary key (tenant, command_type, idem_key)
);

create table pawl_log (
    run_id    text collate "C" not null,
    logged_at timestamptz(6)   not null,
    id        bigint           not null generated always as identity,
    level     text             not null,
    step_id   text             not null,
    attempt   integer          not null,
    message   text             not null,
    metadata  text             not null,
    -- RunQueries.logs: in order of time
    primary key (run_id, logged_at, id)
);

create table pawl_blob (
    -- BlobStore.list: by prefix
    blob_key   text collate "C" not null primary key,
    created_at timestamptz(6)   not null,
    content    text             not null
);

-- What only one server does at a time: it locks the row for as long as its transaction lasts.
create table pawl_duty (
    name text collate "C" not null primary key
);
insert into pawl_duty (name) values ('relay');

-- Reserves a key: 1 when it is ours now, 0 with what was kept under it, -1 when another transaction has held it for longer
-- than patience. A function, because only a block with an exception clause can wait for a bounded time and leave the
-- transaction usable, and because each of its statements sees what was committed while it waited.
create function pawl_reserve_key(
    p_tenant text, p_command_type text, p_key text, p_hash text, p_now timestamptz, p_patience text,
    out reserved integer, out kept_hash text, out kept_outcome text)
language plpgsql as $$
declare
    timeout_before text := current_setting('lock_timeout');
begin
    perform set_config('lock_timeout', p_patience, true);
    insert into pawl_idempotency (tenant, command_type, idem_key, input_hash, created_at)
        values (p_tenant, p_command_type, p_key, p_hash, p_now)
        on conflict do nothing;
    get diagnostics reserved = row_count;
    perform set_config('lock_timeout', timeout_before, true);
    if reserved = 0 then
        select k.input_hash, k.outcome into kept_hash, kept_outcome
            from pawl_idempotency k
            where k.tenant = p_tenant and k.command_type = p_command_type and k.idem_key = p_key;
    end if;
exception
    when lock_not_available then
        reserved := -1;
end
$$;
