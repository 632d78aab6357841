package dev.pawl.bench.load;

import dev.pawl.acceptance.server.HttpApi;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Clients that publish events over HTTP, each the next one when the last is answered. */
public final class Publishers {

    private final HttpApi http;
    private final String type;
    private final String source = "/bench/" + UUID.randomUUID();

    public Publishers(HttpApi http, String type) {
        this.http = http;
        this.type = type;
    }

    /** Publishes one event for each number below {@code count}, correlated by the prefix and the number. */
    public void publish(int clients, int count, String prefix) {
        Together.run(clients, client -> IntStream.iterate(client, number -> number < count, number -> number + clients)
                .forEach(number -> publish(prefix + number)));
    }

    private void publish(String correlation) {
        HttpApi.Reply reply = http.post(
                "/api/events",
                Map.of(
                        "specversion", "1.0",
                        "id", correlation,
                        "source", source,
                        "type", type,
                        "correlationid", correlation),
                Map.of());
        if (reply.status() != 202) {
            throw new IllegalStateException("an event was answered " + reply.status() + ": " + reply.text());
        }
    }
}
