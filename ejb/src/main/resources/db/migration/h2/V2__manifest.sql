-- Manifest programs, the instances of their entities and the events of their commands. The columns are those of the
-- PostgreSQL schema, where they are explained; without indexes over arrays there are no facets to look for.

create table pawl_manifest (
    position    bigint                      not null generated always as identity primary key,
    name        varchar                     not null,
    version     integer                     not null,
    grammar     varchar(16)                 not null,
    origin      varchar(16)                 not null,
    deployed_by varchar                     not null,
    deployed_at timestamp(6) with time zone not null,
    source_hash varchar(64)                 not null,
    source      clob                        not null,
    unique (name, version)
);

create table pawl_instance (
    tenant     varchar not null,
    entity     varchar not null,
    id         varchar not null,
    version    bigint  not null,
    properties clob    not null,
    primary key (tenant, entity, id)
);

create table pawl_entity_event (
    position       bigint                      not null generated always as identity primary key,
    stream         varchar(64)                 not null,
    sequence       bigint                      not null,
    occurred_at    timestamp(6) with time zone not null,
    emit_index     integer                     not null,
    id             varchar                     not null,
    tenant         varchar                     not null,
    name           varchar                     not null,
    channel        varchar                     not null,
    correlation_id varchar                     not null,
    causation_id   varchar                     not null,
    command        varchar                     not null,
    entity         varchar,
    instance_id    varchar,
    payload        clob                        not null,
    unique (stream, sequence)
);

create index pawl_entity_event_correlation on pawl_entity_event (tenant, correlation_id, position);
create index pawl_entity_event_name on pawl_entity_event (tenant, name, position);
create index pawl_entity_event_entity on pawl_entity_event (tenant, entity, position);

create table pawl_rate_limit (
    limit_key varchar not null primary key,
    -- ISO-8601 instants separated by commas
    granted   varchar not null
);

insert into pawl_duty (name) values ('manifest');
