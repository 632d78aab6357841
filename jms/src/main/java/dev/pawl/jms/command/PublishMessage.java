package dev.pawl.jms.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CloudEvents;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.jms.contract.MessageProperties;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes the CloudEvents of a message: one whose attributes are JMS properties, its data being the body, or one or an
 * array of them in the JSON format. An event that came before, as its source and id tell, does nothing.
 */
@Dependent
public class PublishMessage {

    private final CommandBus bus;

    @Inject
    public PublishMessage(CommandBus bus) {
        this.bus = bus;
    }

    /**
     * Publishes them; answers why not, if the message is to be laid aside.
     *
     * @param attributes by the names of their properties, none for the JSON format
     * @throws RefusedException when the broker is to deliver the message again
     */
    Optional<String> publish(Map<String, String> attributes, String text, String messageId) {
        PublishEvents command;
        try {
            command = CloudEvents.read(attributes.isEmpty() ? JsonCodec.parse(text) : binary(attributes, text));
        } catch (UnfitJsonException e) {
            return Optional.of(RefusalCode.VALIDATION_FAILED + ": The message is no JSON: " + e.getMessage());
        } catch (RefusedException e) {
            return Optional.of(reason(e.refusal()));
        }
        Outcome<PublishEvents.Accepted> outcome =
                bus.execute(new Envelope<>(command, Caller.ANONYMOUS, Optional.empty(), Optional.of(messageId)));
        if (!(outcome instanceof Outcome.Refused<PublishEvents.Accepted> refused)) {
            return Optional.empty();
        }
        if (DecideCommand.PASSING.contains(refused.refusal().code())) {
            throw new RefusedException(refused.refusal());
        }
        return Optional.of(reason(refused.refusal()));
    }

    private static JsonNode binary(Map<String, String> attributes, String text) {
        ObjectNode event = JsonCodec.object();
        attributes.forEach((name, value) -> event.put(name.substring(MessageProperties.CE_PREFIX.length()), value));
        if (!text.isEmpty()) {
            String type = attributes.getOrDefault(MessageProperties.CE_DATACONTENTTYPE, "application/json");
            boolean isJson = type.toLowerCase(Locale.ROOT).contains("json");
            event.set("data", isJson ? JsonCodec.parse(text) : TextNode.valueOf(text));
        }
        return event;
    }

    private static String reason(Refusal refusal) {
        return refusal.code() + ": " + refusal.message();
    }
}
