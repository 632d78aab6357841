package dev.pawl.acceptance.feature.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.acceptance.server.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events as the standard has it, but for coming back by itself. */
final class Listening implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param id the last id seen when the event came */
    record Told(String id, String event, JsonNode data) {}

    private final int status;
    private final String mediaType;
    private final InputStream body;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile String lastId;
    private volatile boolean ended;

    private Listening(HttpResponse<InputStream> response, String lastId) {
        this.status = response.statusCode();
        this.mediaType = response.headers().firstValue("Content-Type").orElse("");
        this.body = response.body();
        this.lastId = lastId;
        Thread reader = new Thread(this::read, "listening");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param from the last id seen before, if any */
    static Listening to(int port, String path, @Nullable String from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/event-stream");
        if (from != null) {
            request.header("Last-Event-ID", from);
        }
        try {
            return new Listening(
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()), from == null ? "" : from);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a stream is opened", e);
        }
    }

    int status() {
        return status;
    }

    String mediaType() {
        return mediaType;
    }

    String lastId() {
        return lastId;
    }

    /** What was told so far. */
    List<Told> told() {
        return List.copyOf(told);
    }

    List<String> names() {
        return told.stream().map(Told::event).toList();
    }

    /** The types of the events, log lines left out. */
    List<String> types() {
        return told.stream()
                .filter(one -> one.data().has("type"))
                .map(one -> one.data().path("type").asText())
                .toList();
    }

    void await(String what, Predicate<Listening> condition) {
        Await.until(what + " on the stream", PATIENCE, () -> condition.test(this));
    }

    void awaitEvent(String name) {
        await("event " + name, stream -> stream.names().contains(name));
    }

    void awaitEnd() {
        await("the end", stream -> stream.ended);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String event = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        told.add(new Told(lastId, event, JSON.readTree(data.toString())));
                    }
                    event = "message";
                    data.setLength(0);
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
        } catch (IOException e) {
            told.add(new Told(lastId, "broken", JSON.createObjectNode().put("why", String.valueOf(e))));
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the stream could not be left", e);
        }
    }
}
