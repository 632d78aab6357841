-- Manifest programs, the instances of their entities and the events of their commands.

-- Every version that was ever deployed; the newest of a name is the one that runs.
create table pawl_manifest (
    -- ProgramStore.position: servers look whether there is a greater one than they know
    position    bigint           not null generated always as identity primary key,
    name        text collate "C" not null,
    version     integer          not null,
    grammar     text             not null,
    origin      text             not null,
    deployed_by text             not null,
    deployed_at timestamptz(6)   not null,
    source_hash text             not null,
    source      text             not null,
    -- ProgramStore.versions, and the number of the next one
    unique (name, version)
);

create table pawl_instance (
    version    bigint           not null,
    properties text             not null,
    -- hashes of the simple properties, each with its name: what can be looked for by an index
    facets     bigint[]         not null,
    tenant     text collate "C" not null,
    entity     text collate "C" not null,
    id         text collate "C" not null,
    -- EntityStore.load, and find in the order of ids
    primary key (tenant, entity, id)
) with (fillfactor = 75);

-- EntityStore.find by properties
create index pawl_instance_facets on pawl_instance using gin (facets);

-- One row per event, written once. A stream is the history of one instance, without gaps from 1.
create table pawl_entity_event (
    position       bigint           not null generated always as identity primary key,
    sequence       bigint           not null,
    stream         text collate "C" not null,
    occurred_at    timestamptz(6)   not null,
    emit_index     integer          not null,
    id             text             not null,
    tenant         text collate "C" not null,
    name           text collate "C" not null,
    channel        text             not null,
    correlation_id text collate "C" not null,
    causation_id   text             not null,
    command        text             not null,
    entity         text collate "C",
    instance_id    text collate "C",
    payload        text             not null,
    -- the next number of a stream, and the relay, which comes from pawl_outbox
    unique (stream, sequence)
);

-- EventLog.byCorrelation, and the event log by correlation, by name, by entity: in order
create index pawl_entity_event_correlation on pawl_entity_event (tenant, correlation_id, position);
create index pawl_entity_event_name on pawl_entity_event (tenant, name, position);
create index pawl_entity_event_entity on pawl_entity_event (tenant, entity, position);

-- When the requests of a limit were granted, within its window.
create table pawl_rate_limit (
    limit_key text collate "C" not null primary key,
    refused   boolean          not null,
    granted   timestamptz(6)[] not null
) with (fillfactor = 75);

-- one deployment at a time, so that two programs cannot take one name at once
insert into pawl_duty (name) values ('manifest');
