-- What models of artificial intelligence were asked, what they answered and what that cost. The columns are those of the
-- PostgreSQL schema, where they are explained.

create table pawl_ai_call (
    id             varchar(64)                 not null primary key,
    tenant         varchar                     not null,
    run_id         varchar(64)                 not null,
    workflow_id    varchar                     not null,
    step_id        varchar                     not null,
    attempt        integer                     not null,
    topic          varchar                     not null,
    type           varchar(16)                 not null,
    model          varchar                     not null,
    provider_model varchar                     not null,
    status         varchar(16)                 not null,
    error_code     varchar,
    error_message  varchar,
    batch_id       varchar,
    input_tokens   bigint                      not null,
    output_tokens  bigint                      not null,
    cost           numeric(24, 12)             not null,
    duration_ms    bigint                      not null,
    called_at      timestamp(6) with time zone not null,
    prompt         clob                        not null,
    response       clob                        not null
);

-- AiCallQueries.calls
create index pawl_ai_call_run on pawl_ai_call (run_id, called_at, id);
-- AiCallQueries.statistics by topic
create index pawl_ai_call_topic on pawl_ai_call (tenant, topic, called_at);
-- AiCallQueries.statistics by time
create index pawl_ai_call_time on pawl_ai_call (tenant, called_at);
