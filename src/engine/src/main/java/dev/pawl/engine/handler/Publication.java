package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.port.WaitStore;

/** Brings an event to those who wait for it, whoever publishes it. */
final class Publication {

    private Publication() {}

    /** Workers are woken for waits that take it; an event that came before does nothing. */
    static void publish(PublishedEvent event, UnitOfWork work) {
        WaitStore waits = work.ports().waits();
        if (!waits.keep(event)) {
            return;
        }
        JsonNode data = JsonCodec.parse(work.ports().payloads().read(event.data()));
        int taken = waits.assign(event, wait -> EventFilter.fits(wait.filter(), data), work.now());
        if (taken > 0) {
            work.ports().afterCommit().run(work.ports().doorbell()::work);
        }
    }
}
