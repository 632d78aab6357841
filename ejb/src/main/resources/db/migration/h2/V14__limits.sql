-- Flow control. The columns are those of the PostgreSQL schema, where they are explained.

alter table pawl_run add column start_limit varchar;

create table pawl_ticket (
    holder      varchar(512)                not null primary key,
    run_id      varchar(64)                 not null,
    step_id     varchar,
    scope       varchar                     not null,
    lane        varchar                     not null,
    state       varchar(16)                 not null,
    priority    smallint                    not null,
    created_at  timestamp(6) with time zone not null,
    not_before  timestamp(6) with time zone not null,
    lease_until timestamp(6) with time zone,
    owner       varchar,
    limits      varchar                     not null
);

-- LimitStore.waiting, oldestWaiting, nextNotBefore, in
create index pawl_ticket_waiting on pawl_ticket (scope, lane, state, priority desc, created_at, holder);
-- LimitStore.unsettled, scopes, granted
create index pawl_ticket_state on pawl_ticket (state, scope, created_at);
-- LimitStore.unsettled, scopes, extend
create index pawl_ticket_lease on pawl_ticket (lease_until);

create table pawl_lane (
    scope     varchar                     not null,
    name      varchar                     not null,
    due_at    timestamp(6) with time zone,
    turn      timestamp(6) with time zone not null,
    tokens    double precision,
    filled_at timestamp(6) with time zone,
    primary key (scope, name)
);

-- LimitStore.scopes, and whether there is anything to look for
create index pawl_lane_due on pawl_lane (due_at);

-- LimitStore.lock, BreakerStore.lock
create table pawl_limit_lock (
    bucket integer not null primary key
);
insert into pawl_limit_lock (bucket) select x from system_range(0, 63);

create table pawl_breaker (
    name       varchar                     not null primary key,
    state      varchar(16)                 not null,
    detail     clob                        not null,
    changed_at timestamp(6) with time zone not null
);

create table pawl_cache (
    tenant   varchar                     not null,
    name     varchar                     not null,
    hash     varchar                     not null,
    result   clob                        not null,
    until_at timestamp(6) with time zone not null,
    -- CacheStore.find
    primary key (tenant, name, hash)
);
-- CacheStore.forget
create index pawl_cache_until on pawl_cache (until_at);
