-- Events in trouble get a lane of their own, listeners of the application what they are still to hear, and dead letters of
-- either kind one place. The columns are those of the PostgreSQL schema, where they are explained.

create table pawl_outbox_late (
    run_id         varchar(64)                 not null,
    first_sequence bigint                      not null,
    due_at         timestamp(6) with time zone,
    attempts       integer                     not null,
    reason         varchar,
    primary key (run_id, first_sequence)
);

create index pawl_outbox_late_due on pawl_outbox_late (due_at);

insert into pawl_outbox_late (run_id, first_sequence, due_at, attempts, reason)
    select run_id, first_sequence, due_at, attempts, reason from pawl_outbox where attempts > 0;
delete from pawl_outbox where attempts > 0;
alter table pawl_outbox drop column due_at, attempts, reason;

create table pawl_listener_delivery (
    listener       varchar(100)                not null,
    run_id         varchar(64)                 not null,
    sequence       bigint                      not null,
    first_sequence bigint                      not null,
    due_at         timestamp(6) with time zone not null,
    attempts       integer                     not null,
    owner          varchar,
    reason         varchar,
    primary key (listener, run_id, sequence)
);

create index pawl_listener_delivery_due on pawl_listener_delivery (listener, due_at);
create index pawl_listener_delivery_owner on pawl_listener_delivery (owner);

create table pawl_dead_letter (
    run_id         varchar(64)                 not null,
    sequence       bigint                      not null,
    listener       varchar(100)                not null,
    first_sequence bigint                      not null,
    tenant         varchar                     not null,
    attempts       integer                     not null,
    reason         varchar                     not null,
    buried_at      timestamp(6) with time zone not null,
    primary key (run_id, sequence, listener)
);

create index pawl_dead_letter_age on pawl_dead_letter (tenant, buried_at, run_id, sequence, listener);

insert into pawl_dead_letter (run_id, sequence, listener, first_sequence, tenant, attempts, reason, buried_at)
    select d.run_id, d.first_sequence, '', d.first_sequence, coalesce(r.tenant, e.tenant), d.attempts, d.reason, d.buried_at
    from pawl_dead_event d left join pawl_run r on r.id = d.run_id
    left join pawl_entity_event e on e.stream = d.run_id and e.sequence = d.first_sequence
    where coalesce(r.tenant, e.tenant) is not null;
drop table pawl_dead_event;
