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

    static String write(List<RunEvent> events, Instant occurredAt, String causationId) {
        StringBuilder text = new StringBuilder(64 * events.size()).append('[');
        for (RunEvent event : events) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append("{\"type\":");
            quote(event.type(), text);
            if (!event.occurredAt().equals(occurredAt)) {
                text.append(",\"at\":\"").append(event.occurredAt()).append('"');
            }
            if (!event.causationId().equals(causationId)) {
                text.append(",\"by\":");
                quote(event.causationId(), text);
            }
            text.append(",\"payload\":").append(event.payload()).append('}');
        }
        return text.append(']').toString();
    }

    /** What every text with an event of this type in it holds, and some others may. */
    static String mark(String type) {
        StringBuilder text = new StringBuilder("{\"type\":");
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
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                events.add(read(parser, text, firstSequence + events.size(), occurredAt, causationId));
            }
        }
    }

    private static RunEvent read(JsonParser parser, String text, long sequence, Instant usualTime, String usualCause)
            throws IOException {
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
