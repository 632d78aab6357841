package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;

/** Names an entry of the outbox: a run and the sequence of the entry's first event. */
public record OutboxEntryKey(RunId run, long firstSequence) {}
