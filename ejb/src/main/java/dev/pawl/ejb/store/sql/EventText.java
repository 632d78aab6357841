package dev.pawl.ejb.store.sql;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of one run and transaction as one compact text: what they share stands once, in the columns beside it, and
 * payloads stand as they were written.
 */
public final class EventText {

    private static final Logger LOG = LoggerFactory.getLogger(EventText.class);

    private EventText() {}

    /** Each event is an array: type, payload, and where they are not those of the row, time and cause. */
    static String write(List<RunEvent> events, Instant occurredAt, String causationId) {
        StringBuilder text = new StringBuilder(64 * events.size()).append('[');
        for (RunEvent event : events) {
            text.append(text.length() > 1 ? ",[" : "[");
            quote(event.type(), text);
            text.append(',').append(event.payload());
            boolean isAtOwnTime = !event.occurredAt().equals(occurredAt);
            boolean hasOwnCause = !event.causationId().equals(causationId);
            if (isAtOwnTime) {
                text.append(",\"").append(event.occurredAt()).append('"');
            } else if (hasOwnCause) {
                text.append(",null");
            }
            if (hasOwnCause) {
                text.append(',');
                quote(event.causationId(), text);
            }
            text.append(']');
        }
        return text.append(']').toString();
    }

    /** What every text with an event of this type in it holds, and some others may. */
    static String mark(String type) {
        StringBuilder text = new StringBuilder();
        quote(type, text);
        return text.toString();
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        text.append('"');
    }

    /** As far as the text can be read. */
    static List<RunEvent> readable(String text, long firstSequence, Instant occurredAt, String causationId) {
        List<RunEvent> events = new ArrayList<>();
        try {
            readInto(events, text, firstSequence, occurredAt, causationId);
        } catch (IOException e) {
            LOG.warn("The history holds a text that is not a list of events: {}", text, e);
        }
        return events;
    }

    public static List<RunEvent> read(String text, long firstSequence, Instant occurredAt, String causationId) {
        List<RunEvent> events = new ArrayList<>();
        try {
            readInto(events, text, firstSequence, occurredAt, causationId);
        } catch (IOException e) {
            throw new IllegalStateException("The history holds a text that is not a list of events: " + text, e);
        }
        return events;
    }

    private static void readInto(
            List<RunEvent> events, String text, long firstSequence, Instant occurredAt, String causationId)
            throws IOException {
        try (JsonParser parser = JsonCodec.mapper().getFactory().createParser(text)) {
            parser.nextToken();
            JsonToken begin = parser.nextToken();
            while (begin == JsonToken.START_ARRAY || begin == JsonToken.START_OBJECT) {
                long sequence = firstSequence + events.size();
                events.add(
                        begin == JsonToken.START_ARRAY
                                ? read(parser, text, sequence, occurredAt, causationId)
                                : readMembers(parser, text, sequence, occurredAt, causationId));
                begin = parser.nextToken();
            }
        }
    }

    private static RunEvent read(JsonParser parser, String text, long sequence, Instant usualTime, String usualCause)
            throws IOException {
        parser.nextToken();
        String type = parser.getText();
        parser.nextToken();
        String payload = raw(parser, text);
        Instant at = usualTime;
        String by = usualCause;
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            at = parser.currentToken() == JsonToken.VALUE_NULL ? usualTime : Instant.parse(parser.getText());
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                by = parser.getText();
                parser.nextToken();
            }
        }
        return new RunEvent(sequence, type, at, by, payload);
    }

    /** An event as an object, which takes more room. Histories that are kept for long hold some. */
    private static RunEvent readMembers(
            JsonParser parser, String text, long sequence, Instant usualTime, String usualCause) throws IOException {
        String type = "";
        Instant at = usualTime;
        String by = usualCause;
        String payload = "{}";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "type" -> type = parser.getText();
                case "at" -> at = Instant.parse(parser.getText());
                case "by" -> by = parser.getText();
                case "payload" -> payload = raw(parser, text);
                default -> throw new IOException("unknown member " + name);
            }
        }
        return new RunEvent(sequence, type, at, by, payload);
    }

    /** The payload as it was written: its numbers and the order of its members are the author's. */
    private static String raw(JsonParser parser, String text) throws IOException {
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(begin, end);
    }
}
