-- Events in trouble get a lane of their own, listeners of the application what they are still to hear, and dead letters of
-- either kind one place.

-- An entry that the sink refused, and behind it what its run has recorded since.
create table pawl_outbox_late (
    -- null behind the entry that failed
    due_at         timestamptz(6),
    attempts       integer          not null,
    run_id         text collate "C" not null,
    first_sequence bigint           not null,
    reason         text,
    -- EventOutbox.lockDue: whether a run is late; delivered: what waits behind
    primary key (run_id, first_sequence)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- EventOutbox.lockDue and peek of the late lane
create index pawl_outbox_late_due on pawl_outbox_late (due_at) where due_at is not null;

insert into pawl_outbox_late (due_at, attempts, run_id, first_sequence, reason)
    select due_at, attempts, run_id, first_sequence, reason from pawl_outbox where attempts > 0;
delete from pawl_outbox where attempts > 0;
alter table pawl_outbox drop column due_at, drop column attempts, drop column reason;

-- One event that a listener has not heard yet. There are none for events nobody listens to.
create table pawl_listener_delivery (
    -- while a server holds it, when that server is lost
    due_at         timestamptz(6)   not null,
    attempts       integer          not null,
    owner          text collate "C",
    listener       text collate "C" not null,
    run_id         text collate "C" not null,
    sequence       bigint           not null,
    -- of the row of history that holds the event
    first_sequence bigint           not null,
    reason         text,
    -- ListenerDeliveries.take: nothing before it in its run
    primary key (listener, run_id, sequence)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- ListenerDeliveries.due and take
create index pawl_listener_delivery_due on pawl_listener_delivery (listener, due_at);
-- ListenerDeliveries.extend and release
create index pawl_listener_delivery_owner on pawl_listener_delivery (owner) where owner is not null;

-- What was given up: an entry of the outbox, or one event for one listener.
create table pawl_dead_letter (
    buried_at      timestamptz(6)   not null,
    attempts       integer          not null,
    tenant         text collate "C" not null,
    -- empty: the sink
    listener       text collate "C" not null,
    run_id         text collate "C" not null,
    sequence       bigint           not null,
    first_sequence bigint           not null,
    reason         text             not null,
    -- what belongs to a run
    primary key (run_id, sequence, listener)
);

-- DeadLetterQueries.list and DeadLetters.replay: oldest first
create index pawl_dead_letter_age on pawl_dead_letter (tenant, buried_at, run_id, sequence, listener);

insert into pawl_dead_letter (buried_at, attempts, tenant, listener, run_id, sequence, first_sequence, reason)
    select d.buried_at, d.attempts, coalesce(r.tenant, e.tenant), '', d.run_id, d.first_sequence, d.first_sequence, d.reason
    from pawl_dead_event d left join pawl_run r on r.id = d.run_id
    left join pawl_entity_event e on e.stream = d.run_id and e.sequence = d.first_sequence
    where coalesce(r.tenant, e.tenant) is not null;
drop table pawl_dead_event;
