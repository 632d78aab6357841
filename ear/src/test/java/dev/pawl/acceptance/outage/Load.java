package dev.pawl.acceptance.outage;

import dev.pawl.acceptance.server.HttpApi;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients that start runs and send each request again, under its key, until it is accepted. */
final class Load implements AutoCloseable {

    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final OutageServer server;
    private final ExecutorService clients;
    private final List<Future<?>> running = new ArrayList<>();
    private final Map<String, String> runs = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
    private volatile boolean goOn = true;

    Load(OutageServer server, int count) {
        this.server = server;
        this.clients = Executors.newFixedThreadPool(count);
        for (int client = 0; client < count; client++) {
            String name = "load-" + client;
            running.add(clients.submit(() -> start(name)));
        }
    }

    private void start(String client) {
        HttpApi http = server.http();
        for (int i = 0; goOn; i++) {
            String name = client + "-" + i;
            String key = UUID.randomUUID().toString();
            while (!accepted(http, name, key)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean accepted(HttpApi http, String name, String key) {
        try {
            HttpApi.Reply reply = OutageServer.start(http, "away-line", name, key);
            if (reply.status() == 202) {
                runs.put(name, reply.json().path("id").asText());
                return true;
            }
            refusals.merge(reply.status(), 1, Integer::sum);
        } catch (UncheckedIOException e) {
            refusals.merge(0, 1, Integer::sum);
        }
        return false;
    }

    /** Ids of accepted runs by their names. */
    Map<String, String> runs() {
        return Map.copyOf(runs);
    }

    /** How often a request was refused, by status; 0 when there was no answer. */
    Map<Integer, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    /** Returns when the last request of each client is accepted. */
    void stop() throws Exception {
        goOn = false;
        for (Future<?> client : running) {
            client.get(OutageServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        goOn = false;
        clients.shutdownNow();
    }
}
