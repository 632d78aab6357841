-- When a request for approval was closed: used up, denied or expired. Absent while it is open.
alter table pawl_approval add column closed_at timestamptz(6);
update pawl_approval set closed_at = current_timestamp where open_key is null;
-- ApprovalStore.removeClosed
create index pawl_approval_closed on pawl_approval (closed_at) where closed_at is not null;
