package dev.pawl.web.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** CloudEvents whose attributes are headers. */
final class BinaryMode {

    private static final String PREFIX = "ce-";

    private BinaryMode() {}

    /** The event in the JSON format; the body itself where no header is an attribute. */
    static JsonNode event(HttpHeaders headers, JsonNode body) {
        ObjectNode event = JsonCodec.object();
        headers.getRequestHeaders().forEach((name, values) -> {
            String attribute = name.toLowerCase(Locale.ROOT);
            if (attribute.startsWith(PREFIX) && !values.isEmpty()) {
                event.put(attribute.substring(PREFIX.length()), values.get(0));
            }
        });
        return event.isEmpty() ? body : event.set("data", body);
    }
}
