package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.api.Wait;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Publishes events that come from outside. */
final class PublishEventsHandler implements Handler<PublishEvents, PublishEvents.Accepted> {

    private static final int LONGEST = 255;
    private static final int LONGEST_KEY = 1_000;

    @Override
    public PublishEvents.Accepted handle(PublishEvents command, UnitOfWork work) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < command.events().size(); i++) {
            check(command.events().get(i), "/" + i, errors);
        }
        if (!errors.isEmpty()) {
            throw new RefusedException(
                    new Refusal(RefusalCode.VALIDATION_FAILED, errors.get(0).message(), errors));
        }
        command.events().forEach(event -> publish(event, work));
        return new PublishEvents.Accepted(command.events().size());
    }

    private static void check(PublishEvents.Event event, String pointer, List<FieldError> errors) {
        checkText("type", event.name(), LONGEST, pointer, errors);
        checkText("correlation", event.correlation(), LONGEST, pointer, errors);
        checkText("id", event.key(), LONGEST_KEY, pointer, errors);
        if (event.name().startsWith(Wait.SIGNAL)) {
            errors.add(new FieldError(
                    pointer + "/type",
                    "types that begin with '" + Wait.SIGNAL + "' are signals, which are sent to a run"));
        }
    }

    private static void checkText(
            String member, @Nullable String value, int longest, String pointer, List<FieldError> errors) {
        boolean wrong = value != null
                && (value.isBlank()
                        || value.length() > longest
                        || member.equals("type") && value.chars().anyMatch(Character::isISOControl)
                        || value.indexOf('\0') >= 0);
        if (wrong) {
            errors.add(new FieldError(
                    pointer + "/" + member,
                    "the " + member + " of an event has 1 to " + longest
                            + " characters, is not blank and holds no control characters"));
        }
    }

    private static void publish(PublishEvents.Event event, UnitOfWork work) {
        JsonNode data = event.data() == null ? NullNode.getInstance() : event.data();
        String key = event.key() == null ? work.ports().ids().next() : event.key();
        Payload kept =
                work.ports().payloads().keep("events/" + work.ports().ids().next(), JsonCodec.write(data));
        work.publish(new PublishedEvent(
                work.caller().tenant(),
                key,
                event.name(),
                Optional.ofNullable(event.correlation()).orElse(Awaited.ANY),
                kept,
                event.occurredAt() == null ? work.now() : event.occurredAt()));
    }
}
