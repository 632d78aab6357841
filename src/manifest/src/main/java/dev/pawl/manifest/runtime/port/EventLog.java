package dev.pawl.manifest.runtime.port;

import java.util.List;

/** The events of commands, in the order they were appended. Whoever appends them here also hands them to the outside. */
public interface EventLog {
    /** All events of one command, at once and in order. */
    void append(List<EntityEvent> events);

    List<EntityEvent> byCorrelation(String tenant, String correlationId);
}
