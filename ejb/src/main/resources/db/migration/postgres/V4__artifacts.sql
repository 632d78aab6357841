-- Blobs in chunks, artifacts, annotations.

-- The bytes of a blob, of which only a few rows are ever in memory. Rows are written once; a put writes new ones and then
-- turns the blob to them.
create table pawl_blob_chunk (
    number     integer          not null,
    content_id text collate "C" not null,
    bytes      bytea            not null,
    -- reading a blob
    primary key (content_id, number)
);

-- Contents of more than one chunk that no blob refers to: of puts under way, replaced, or deleted. Readers may still be at
-- them; they are swept later.
create table pawl_blob_loose (
    since      timestamptz(6)   not null,
    content_id text collate "C" not null primary key
);
-- BlobStore.sweep
create index pawl_blob_loose_since on pawl_blob_loose (since);

insert into pawl_blob_chunk (content_id, number, bytes)
    select b.blob_key, n, substring(convert_to(b.content, 'UTF8') from n * 262144 + 1 for 262144)
    from pawl_blob b, generate_series(0, (octet_length(convert_to(b.content, 'UTF8')) - 1) / 262144) n
    where b.content <> '';
alter table pawl_blob
    add size_bytes   bigint,
    add chunks       integer,
    add content_id   text collate "C",
    add content_type text;
update pawl_blob set content_id = blob_key, content_type = 'application/json',
    size_bytes = octet_length(convert_to(content, 'UTF8')),
    chunks = (octet_length(convert_to(content, 'UTF8')) + 262143) / 262144;
alter table pawl_blob
    alter size_bytes set not null,
    alter chunks set not null,
    alter content_id set not null,
    alter content_type set not null,
    drop content;

-- What stages and people keep with a run; the bytes are a blob.
create table pawl_artifact (
    size_bytes   bigint           not null,
    created_at   timestamptz(6)   not null,
    attempt      integer          not null,
    run_id       text collate "C" not null,
    -- of the stage that put it; empty when it came from outside
    step_id      text collate "C" not null,
    sha256       text             not null,
    content_type text             not null,
    blob_key     text collate "C" not null,
    artifact_key text collate "C" not null,
    -- ArtifactIndex.find, list
    primary key (run_id, artifact_key)
);

-- What stages and people noted on a run. Rows are written once.
create table pawl_annotation (
    id         bigint           not null generated always as identity,
    created_at timestamptz(6)   not null,
    attempt    integer          not null,
    run_id     text collate "C" not null,
    -- empty when it concerns the run as a whole
    step_id    text collate "C" not null,
    name       text collate "C" not null,
    -- what makes it the same as another one of its name: the writer's key, or its value
    once_key   text collate "C" not null,
    type       text             not null,
    made_by    text             not null,
    json       text             not null,
    -- AnnotationStore.list: in the order written
    primary key (run_id, id),
    -- AnnotationStore.add
    unique (run_id, step_id, name, once_key)
);
