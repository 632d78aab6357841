-- Distributed traces.

-- traceparent and tracestate of what created the run; null outside any trace
alter table pawl_run add column trace varchar;
