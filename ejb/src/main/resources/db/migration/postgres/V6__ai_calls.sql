-- What models of artificial intelligence were asked, what they answered and what that cost.

create table pawl_ai_call (
    called_at      timestamptz(6)   not null,
    duration_ms    bigint           not null,
    input_tokens   bigint           not null,
    output_tokens  bigint           not null,
    attempt        integer          not null,
    cost           numeric(24, 12)  not null,
    -- AiCallLog.settle: unique, so that a prompt of a batch is recorded once by whomever
    id             text collate "C" not null primary key,
    tenant         text collate "C" not null,
    run_id         text collate "C" not null,
    topic          text collate "C" not null,
    model          text collate "C" not null,
    workflow_id    text             not null,
    step_id        text             not null,
    type           text             not null,
    provider_model text             not null,
    status         text             not null,
    error_code     text,
    error_message  text,
    batch_id       text,
    prompt         text             not null,
    response       text             not null
);

-- AiCallQueries.calls: those of a run, in order of time
create index pawl_ai_call_run on pawl_ai_call (run_id, called_at, id);
-- AiCallQueries.statistics by topic
create index pawl_ai_call_topic on pawl_ai_call (tenant, topic, called_at);
-- AiCallQueries.statistics by time
create index pawl_ai_call_time on pawl_ai_call (tenant, called_at);
