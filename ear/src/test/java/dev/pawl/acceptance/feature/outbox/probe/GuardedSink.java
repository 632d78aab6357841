package dev.pawl.acceptance.feature.outbox.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventSink;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Takes the place of the topic: refuses what a test tells it to, and passes everything else on to the topic. */
@Alternative
@Priority(1)
@ApplicationScoped
public class GuardedSink implements EventSink {

    @Inject
    @Named("pawl-topic")
    EventSink topic;

    @Override
    public void join() {
        topic.join();
    }

    @Override
    public void publish(List<EventOutbox.Entry> entries) {
        entries.forEach(GuardedSink::check);
        topic.publish(entries);
    }

    private static void check(EventOutbox.Entry entry) {
        String flow = entry.correlationId();
        if (Gates.isOpen("sink-refuses-" + flow) && !Gates.isOpen("sink-accepts-" + flow)) {
            throw new IllegalStateException("the sink refuses " + flow);
        }
    }
}
