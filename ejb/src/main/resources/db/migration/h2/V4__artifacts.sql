-- Blobs in chunks, artifacts, annotations. The tables are those of the PostgreSQL schema, where they are explained.

create table pawl_blob_chunk (
    content_id varchar            not null,
    number     integer            not null,
    bytes      varbinary(1048576) not null,
    primary key (content_id, number)
);

create table pawl_blob_loose (
    content_id varchar                     not null primary key,
    since      timestamp(6) with time zone not null
);
create index pawl_blob_loose_since on pawl_blob_loose (since);

insert into pawl_blob_chunk (content_id, number, bytes)
    select b.blob_key, r.x, substring(cast(b.content as blob), r.x * 262144 + 1, 262144)
    from pawl_blob b
    join system_range(0, (select coalesce(max(octet_length(cast(content as blob))), 0) / 262144 from pawl_blob)) r
        on r.x * 262144 < octet_length(cast(b.content as blob));
alter table pawl_blob add (size_bytes bigint, chunks integer, content_id varchar, content_type varchar);
update pawl_blob set content_id = blob_key, content_type = 'application/json',
    size_bytes = octet_length(cast(content as blob)),
    chunks = (octet_length(cast(content as blob)) + 262143) / 262144;
alter table pawl_blob alter column size_bytes set not null;
alter table pawl_blob alter column chunks set not null;
alter table pawl_blob alter column content_id set not null;
alter table pawl_blob alter column content_type set not null;
alter table pawl_blob drop column content;

create table pawl_artifact (
    run_id       varchar(64)                 not null,
    artifact_key varchar                     not null,
    blob_key     varchar                     not null,
    content_type varchar                     not null,
    size_bytes   bigint                      not null,
    sha256       varchar(64)                 not null,
    step_id      varchar                     not null,
    attempt      integer                     not null,
    created_at   timestamp(6) with time zone not null,
    primary key (run_id, artifact_key)
);

create table pawl_annotation (
    run_id     varchar(64)                 not null,
    id         bigint                      not null generated always as identity,
    step_id    varchar                     not null,
    attempt    integer                     not null,
    name       varchar                     not null,
    once_key   varchar                     not null,
    type       varchar(16)                 not null,
    json       clob                        not null,
    made_by    varchar                     not null,
    created_at timestamp(6) with time zone not null,
    primary key (run_id, id),
    unique (run_id, step_id, name, once_key)
);
