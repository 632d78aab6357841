-- What entity commands leave to be done or decided later.

-- The call behind a run of the workflows manifest-command, manifest-effect and manifest-saga. It is not the run's input,
-- because it says on whose behalf the run acts: only the engine writes here.
create table pawl_manifest_job (
    -- ManifestJobs.find
    run_id text collate "C" not null primary key,
    call   text             not null
);

create table pawl_approval (
    status      text             not null,
    expires_at  timestamptz(6),
    -- ApprovalStore.open: a hash of the call while the request is open, else null
    open_key    text collate "C" unique,
    -- ApprovalStore.find and lock
    id          text collate "C" not null primary key,
    tenant      text collate "C" not null,
    entity      text collate "C" not null,
    instance_id text collate "C" not null,
    body        text             not null
) with (fillfactor = 75);

-- ApprovalStore.list
create index pawl_approval_list on pawl_approval (tenant, id);
-- ApprovalStore.list of those that wait
create index pawl_approval_pending on pawl_approval (tenant, id) where status = 'PENDING';
-- ApprovalStore.due
create index pawl_approval_due on pawl_approval (expires_at) where status = 'PENDING';

-- When a schedule of a program fired last. Whoever moves the time on has the fire.
create table pawl_manifest_fire (
    -- FireTimes.last
    schedule text collate "C" not null primary key,
    fired_at timestamptz(6)   not null
);
