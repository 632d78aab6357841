package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.PublishedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings events to those who wait for them, whoever publishes them: all events of a transaction together, once its runs are written.
 * So waits are locked after runs, and in one order.
 */
final class Publication {

    private Publication() {}

    /** Workers are woken for waits that take one; an event that came before does nothing. */
    static void bring(UnitOfWork work) {
        List<PublishedEvent> events = work.takePublished();
        if (events.isEmpty()) {
            return;
        }
        Map<PublishedEvent, JsonNode> read = new HashMap<>();
        int taken = work.ports()
                .waits()
                .publish(
                        events,
                        (wait, event) ->
                                EventFilter.fits(wait.filter(), read.computeIfAbsent(event, one -> data(one, work))),
                        work.now());
        if (taken > 0) {
            work.ports().afterCommit().run(work.ports().doorbell()::work);
        }
    }

    private static JsonNode data(PublishedEvent event, UnitOfWork work) {
        return JsonCodec.parse(work.ports().payloads().read(event.data()));
    }

    /** Whoever is about to look for an event of this channel finds those that the same transaction has published. */
    static void bringTo(Channel channel, UnitOfWork work) {
        if (work.published().stream().anyMatch(event -> concerns(event, channel))) {
            bring(work);
        }
    }

    private static boolean concerns(PublishedEvent event, Channel channel) {
        return event.channel().equals(channel) || event.channel().ofAny().equals(channel);
    }
}
