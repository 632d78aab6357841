-- Every append to a history of a run gets a number, so that streams can go on after the last one they have shown.

alter table pawl_event_chunk add column position bigint generated always as identity;

-- EventFeed.read, at, positions, end: what was appended last, by anybody
create unique index pawl_event_chunk_position on pawl_event_chunk (position);
