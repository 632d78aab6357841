package dev.pawl.testkit;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AfterCommit;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Collects what the relay delivers, when its transaction commits. */
public final class InMemoryEventSink implements EventSink {

    /** An event as a subscriber receives it. */
    public record Published(RunId run, String workflowId, String correlationId, RunEvent event) {}

    private final AfterCommit commit;
    private final List<Published> published = new CopyOnWriteArrayList<>();
    private volatile Predicate<EventOutbox.Entry> refused = entry -> false;

    /** @param commit of the transaction that takes entries from the outbox */
    public InMemoryEventSink(AfterCommit commit) {
        this.commit = commit;
    }

    /** From now on a batch that holds such an entry is refused as a whole. */
    public void refuse(Predicate<EventOutbox.Entry> entries) {
        refused = entries;
    }

    /** Everything delivered so far, in order of delivery. */
    public List<Published> published() {
        return List.copyOf(published);
    }

    @Override
    public void publish(List<EventOutbox.Entry> entries) {
        entries.stream().filter(refused).findFirst().ifPresent(entry -> {
            throw new IllegalStateException(
                    "The sink refuses events of run " + entry.run() + " from sequence " + entry.firstSequence());
        });
        commit.run(() -> entries.forEach(entry -> entry.events()
                .forEach(event ->
                        published.add(new Published(entry.run(), entry.workflowId(), entry.correlationId(), event)))));
    }
}
