package dev.pawl.manifest.runtime.memory;

import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EventLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The events in one list, the oldest dropped when there are too many. */
final class InMemoryEventLog implements EventLog {
    private final Deque<EntityEvent> events = new ArrayDeque<>();
    private final UndoLog undo;
    private final int kept;

    InMemoryEventLog(UndoLog undo, int kept) {
        this.undo = undo;
        this.kept = kept;
    }

    @Override
    public void append(List<EntityEvent> appended) {
        events.addAll(appended);
        undo.add(() -> {
            for (int i = 0; i < appended.size() && !events.isEmpty(); i++) {
                events.removeLast();
            }
        });
        while (events.size() > kept) {
            events.removeFirst();
        }
    }

    @Override
    public List<EntityEvent> byCorrelation(String tenant, String correlationId) {
        return events.stream()
                .filter(event -> event.tenant().equals(tenant)
                        && event.trace().correlationId().equals(correlationId))
                .toList();
    }

    List<EntityEvent> all() {
        return List.copyOf(events);
    }
}
