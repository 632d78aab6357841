package dev.pawl.manifest.ir;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;

/** An event a program declares: its name, the channel it is published on, and the shape of its payload. */
public record Event(String name, String channel, Payload payload) {

    /** Either a list of fields or one type. */
    @JsonDeserialize(using = EventPayloadJson.Reader.class)
    @JsonSerialize(using = EventPayloadJson.Writer.class)
    public sealed interface Payload permits Fields, Typed {}

    /** A payload of named fields. */
    @JsonDeserialize(using = EventPayloadJson.Reader.class)
    public record Fields(List<Field> fields) implements Payload {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** A payload that is one value; {@code unknown} when the program says nothing about it. */
    @JsonDeserialize(using = EventPayloadJson.Reader.class)
    public record Typed(Type type) implements Payload {}

    /** One field of a payload. */
    public record Field(String name, Type type, boolean required) {}
}
