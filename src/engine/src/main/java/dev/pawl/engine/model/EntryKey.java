package dev.pawl.engine.model;

/** Names an entry of the outbox: a run and the sequence of the entry's first event. */
public record EntryKey(RunId run, long firstSequence) {}
