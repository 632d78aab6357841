package dev.pawl.ai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer on the wire: a body, or a body in pieces with a gate between the first two of them. */
record Reply(
        int status,
        String contentType,
        Map<String, String> headers,
        List<String> pieces,
        boolean breaksOff,
        @Nullable CountDownLatch gate) {

    private static final long LONGEST_WAIT_SECONDS = 60;

    static Reply json(JsonNode body) {
        return new Reply(200, "application/json", Map.of(), List.of(body.toString()), false, null);
    }

    static Reply text(String body) {
        return new Reply(200, "application/jsonl", Map.of(), List.of(body), false, null);
    }

    static Reply error(int status, String message) {
        return error(status, message, Map.of());
    }

    static Reply error(int status, String message, Map<String, String> headers) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message).put("type", "test");
        return new Reply(status, "application/json", headers, List.of(body.toString()), false, null);
    }

    static Reply events(List<String> events, boolean breaksOff, @Nullable CountDownLatch gate) {
        return new Reply(200, "text/event-stream", Map.of(), events, breaksOff, gate);
    }

    void writeTo(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean whole = pieces.size() == 1 && !breaksOff;
        byte[] first = pieces.get(0).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, whole ? first.length : breaksOff ? Long.MAX_VALUE : 0);
        OutputStream body = exchange.getResponseBody();
        for (String piece : pieces) {
            body.write(piece.getBytes(StandardCharsets.UTF_8));
            body.flush();
            awaitGate();
        }
        if (!breaksOff) {
            body.close();
        }
    }

    private void awaitGate() throws IOException {
        CountDownLatch closed = gate;
        try {
            if (closed != null && !closed.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
