package dev.pawl.manifest.ir;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.List;

/** The payload of an event is an array of fields or a type object. */
final class EventPayloadJson {
    private EventPayloadJson() {}

    static final class Reader extends JsonDeserializer<Event.Payload> {
        @Override
        public Event.Payload deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return new Event.Fields(List.of(context.readValue(parser, Event.Field[].class)));
            }
            return new Event.Typed(context.readValue(parser, Type.class));
        }
    }

    static final class Writer extends JsonSerializer<Event.Payload> {
        @Override
        public void serialize(Event.Payload payload, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (payload instanceof Event.Fields fields) {
                provider.defaultSerializeValue(fields.fields(), out);
            } else if (payload instanceof Event.Typed typed) {
                provider.defaultSerializeValue(typed.type(), out);
            }
        }
    }
}
