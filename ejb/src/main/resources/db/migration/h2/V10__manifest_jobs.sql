-- What entity commands leave to be done or decided later. The columns are those of the PostgreSQL schema, where they are
-- explained.

create table pawl_manifest_job (
    run_id varchar not null primary key,
    call   clob    not null
);

create table pawl_approval (
    id          varchar     not null primary key,
    tenant      varchar     not null,
    entity      varchar     not null,
    instance_id varchar     not null,
    status      varchar(16) not null,
    expires_at  timestamp(6) with time zone,
    open_key    varchar(64) unique,
    body        clob        not null
);

create index pawl_approval_list on pawl_approval (tenant, id);
create index pawl_approval_pending on pawl_approval (tenant, status, id);
create index pawl_approval_due on pawl_approval (status, expires_at);

create table pawl_manifest_fire (
    schedule varchar                     not null primary key,
    fired_at timestamp(6) with time zone not null
);
