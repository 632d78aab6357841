-- When the database looks at what is in the tables of the hot path (decision record 12).
--
-- Statistics of a table that is still small make a plan that reads it as a whole, and connections keep such a plan while
-- thousands of rows come in. A table without statistics is taken for one of some pages, which is searched by its indexes. So
-- statistics are not taken before there is something to count, and after that as often as ever.

alter table pawl_run set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_step set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_event_chunk set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_checkpoint set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_wait set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_inbox set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_idempotency set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_instance set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_entity_event set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);
alter table pawl_log set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 5000);

-- Tables of open work are empty again and again, which is when statistics say least. Their files keep the size they once
-- needed, so that reading them as a whole is never the cheaper plan.
alter table pawl_outbox set (autovacuum_analyze_threshold = 5000, vacuum_truncate = off);
alter table pawl_outbox_late set (autovacuum_analyze_threshold = 5000, vacuum_truncate = off);
alter table pawl_listener_delivery set (autovacuum_analyze_threshold = 5000, vacuum_truncate = off);
