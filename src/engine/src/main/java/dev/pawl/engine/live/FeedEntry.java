package dev.pawl.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.port.EventOutbox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transaction appended to one history, with its number. Shared by all who listen. */
public final class FeedEntry {

    private final char feed;
    private final long position;
    private final EventOutbox.Entry entry;
    private final @Nullable String[] texts;

    public FeedEntry(char feed, long position, EventOutbox.Entry entry) {
        this.feed = feed;
        this.position = position;
        this.entry = entry;
        this.texts = new String[entry.events().size()];
    }

    char feed() {
        return feed;
    }

    public long position() {
        return position;
    }

    public EventOutbox.Entry entry() {
        return entry;
    }

    List<RunEvent> events() {
        return entry.events();
    }

    boolean isOfRun() {
        return entry.about().isEmpty();
    }

    /** An event as those see it who listen to everything. Written once, whoever asks first. */
    String text(int index) {
        String known = texts[index];
        if (known == null) {
            known = JsonCodec.write(json(entry.events().get(index)));
            texts[index] = known;
        }
        return known;
    }

    private ObjectNode json(RunEvent event) {
        ObjectNode json = JsonCodec.object();
        entry.about().ifPresentOrElse(about -> describe(json, about), () -> json.put(
                        "runId", entry.run().value())
                .put("workflowId", entry.workflowId()));
        json.put("correlationId", entry.correlationId())
                .put("sequence", event.sequence())
                .put("type", event.type())
                .put("occurredAt", event.occurredAt().toString())
                .put("causationId", event.causationId())
                .set("payload", JsonCodec.parse(event.payload()));
        return json;
    }

    private static void describe(ObjectNode json, EventOutbox.About about) {
        json.put("id", about.eventId());
        about.entity().ifPresent(entity -> json.put("entity", entity));
        about.instanceId().ifPresent(id -> json.put("instanceId", id));
        json.put("command", about.command()).put("channel", about.channel()).put("emitIndex", about.emitIndex());
    }
}
