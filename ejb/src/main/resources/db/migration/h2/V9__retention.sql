-- What serves the removal of what is old. Runs need no index for it: their list is walked through in order of creation.

-- RetentionStore.removeKeys
create index pawl_idempotency_age on pawl_idempotency (created_at);
-- RetentionStore.removeDeadLetters
create index pawl_dead_letter_buried on pawl_dead_letter (buried_at);

-- one server at a time removes what is old
insert into pawl_duty (name) values ('retention');
