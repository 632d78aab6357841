-- Steps that wait for work done elsewhere, and runs begun once more at a group.

-- null for a stage of a pipeline
alter table pawl_step add column kind text;
-- what a suspended step is polled with: counts, interval, deadline and the state of user code
alter table pawl_step add column suspension text;

-- attempts made before the last rerun
alter table pawl_run add column prior_attempts integer default 0 not null;
-- the input that a rerun put in the place of what the groups before this one had made
alter table pawl_run add column edited_group integer;
alter table pawl_run add column edited_input text;

-- Blobs nothing refers to any more, to be deleted once the transaction that dropped them has committed.
create table pawl_discarded (
    -- RunStore.discarded: in order
    blob_key text collate "C" not null primary key
);
