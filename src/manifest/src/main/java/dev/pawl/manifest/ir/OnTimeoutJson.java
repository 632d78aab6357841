package dev.pawl.manifest.ir;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** What an approval does on timeout is the word {@code cancel} or an escalation object. */
final class OnTimeoutJson {
    private OnTimeoutJson() {}

    static final class Reader extends JsonDeserializer<Approval.OnTimeout> {
        @Override
        public Approval.OnTimeout deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            if (node.isTextual() && node.textValue().equals("cancel")) {
                return new Approval.Cancel();
            }
            if (!node.isObject() || !node.path("action").asText().equals("escalate")) {
                return context.reportInputMismatch(
                        Approval.OnTimeout.class, "onTimeout is \"cancel\" or an object with action \"escalate\"");
            }
            return new Approval.Escalate(
                    context.readTreeAsValue(node.path("to"), Expression.class),
                    context.readTreeAsValue(node.path("status"), Approval.Status.class),
                    timeout(node.path("timeout"), context));
        }

        private static Approval.EscalationTimeout timeout(JsonNode node, DeserializationContext context)
                throws IOException {
            if (node.isNumber()) {
                return new Approval.Hours(node.doubleValue());
            }
            return switch (node.asText()) {
                case "none" -> new Approval.NoTimeout();
                case "reset" -> new Approval.ResetTimeout();
                default ->
                    context.reportInputMismatch(
                            Approval.OnTimeout.class, "an escalation's timeout is a number, \"none\" or \"reset\"");
            };
        }
    }

    static final class Writer extends JsonSerializer<Approval.OnTimeout> {
        @Override
        public void serialize(Approval.OnTimeout onTimeout, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (onTimeout instanceof Approval.Escalate escalate) {
                out.writeStartObject();
                out.writeStringField("action", "escalate");
                provider.defaultSerializeField("to", escalate.to(), out);
                out.writeStringField("status", escalate.status().text());
                if (escalate.timeout() instanceof Approval.Hours hours) {
                    provider.defaultSerializeField("timeout", hours.hours(), out);
                } else {
                    out.writeStringField(
                            "timeout", escalate.timeout() instanceof Approval.ResetTimeout ? "reset" : "none");
                }
                out.writeEndObject();
            } else {
                out.writeString("cancel");
            }
        }
    }
}
