-- Flow control: tickets of runs and steps that start under a limit, the lanes they wait in, circuit breakers, cached
-- results. A run without a limit has no row in any of these.

-- whether the run starts under a limit, and what keeps it while it is not let in; such a run has no claim_order
alter table pawl_run add column start_limit text;

create table pawl_ticket (
    lease_until timestamptz(6),
    not_before  timestamptz(6)   not null,
    created_at  timestamptz(6)   not null,
    priority    smallint         not null,
    state       text             not null,
    holder      text collate "C" not null primary key,
    owner       text collate "C",
    scope       text collate "C" not null,
    lane        text collate "C" not null,
    limits      text             not null,
    run_id      text collate "C" not null,
    step_id     text
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);

-- LimitStore.waiting, oldestWaiting, nextNotBefore: the lane's row of tickets
create index pawl_ticket_waiting on pawl_ticket (scope, lane, priority desc, created_at, holder)
    where state in ('NEW', 'WAITING');
-- LimitStore.in: tickets that take a place
create index pawl_ticket_in on pawl_ticket (scope, lane) where state in ('GRANTED', 'READY', 'BEGUN', 'HELD');
-- LimitStore.unsettled, scopes
create index pawl_ticket_unsettled on pawl_ticket (scope, created_at) where state in ('NEW', 'BEGUN', 'DONE');
-- LimitStore.granted
create index pawl_ticket_granted on pawl_ticket (created_at) where state = 'GRANTED';
-- LimitStore.unsettled, scopes, extend: places of steps, which are leased
create index pawl_ticket_lease on pawl_ticket (lease_until) where lease_until is not null;

create table pawl_lane (
    due_at    timestamptz(6),
    turn      timestamptz(6)   not null,
    tokens    double precision,
    filled_at timestamptz(6),
    scope     text collate "C" not null,
    name      text collate "C" not null,
    primary key (scope, name)
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);

-- LimitStore.scopes, and whether there is anything to look for
create index pawl_lane_due on pawl_lane (due_at) where due_at is not null;
-- LimitStore.due: in turn
create index pawl_lane_turn on pawl_lane (scope, turn) where due_at is not null;

-- LimitStore.lock, BreakerStore.lock: a scope or a breaker belongs to one of these rows by its hash
create table pawl_limit_lock (
    bucket integer not null primary key
);
insert into pawl_limit_lock (bucket) select generate_series(0, 63);

create table pawl_breaker (
    changed_at timestamptz(6)   not null,
    state      text             not null,
    detail     text             not null,
    name       text collate "C" not null primary key
);

create table pawl_cache (
    until_at timestamptz(6)   not null,
    tenant   text collate "C" not null,
    name     text collate "C" not null,
    hash     text collate "C" not null,
    result   text             not null,
    -- CacheStore.find
    primary key (tenant, name, hash)
);
-- CacheStore.forget
create index pawl_cache_until on pawl_cache (until_at);
