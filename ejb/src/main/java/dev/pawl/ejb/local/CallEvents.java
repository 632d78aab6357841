package dev.pawl.ejb.local;

import dev.pawl.api.local.EmittedEvent;
import dev.pawl.api.local.Events;
import dev.pawl.engine.command.CloudEvents;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.json.JsonCodec;
import java.util.List;

/** Events published by beans of the application. */
final class CallEvents implements Events {

    private final SendCommand commands;

    CallEvents(SendCommand commands) {
        this.commands = commands;
    }

    @Override
    public void emitAll(List<EmittedEvent> events) {
        commands.send(
                () -> new PublishEvents(events.stream().map(CallEvents::event).toList()));
    }

    private static PublishEvents.Event event(EmittedEvent event) {
        EmittedEvent.Identity identity = event.identity();
        return new PublishEvents.Event(
                identity == null ? null : CloudEvents.key(identity.source(), identity.id()),
                event.type(),
                event.correlation(),
                JsonCodec.toTree(event.data()),
                event.occurredAt());
    }

    @Override
    public Events withIdempotencyKey(String key) {
        return new CallEvents(commands.withIdempotencyKey(key));
    }
}
