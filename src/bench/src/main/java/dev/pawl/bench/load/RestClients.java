package dev.pawl.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Clients that start runs of one workflow over HTTP, each the next one when the last is answered. */
public final class RestClients {

    private final HttpApi http;
    private final String workflow;
    private final boolean withKeys;
    private final IntFunction<Map<String, ?>> input;

    /**
     * Clients that have nothing to say.
     *
     * @param withKeys whether every request carries an idempotency key of its own
     */
    public RestClients(HttpApi http, String workflow, boolean withKeys) {
        this(http, workflow, withKeys, number -> Map.of());
    }

    /** @param input of the run that is started as the how manieth, counted down to zero */
    public RestClients(HttpApi http, String workflow, boolean withKeys, IntFunction<Map<String, ?>> input) {
        this.http = http;
        this.workflow = workflow;
        this.withKeys = withKeys;
        this.input = input;
    }

    /** A client was refused, or waited in vain; what the others started is not known. */
    public static final class ClientFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClientFailedException(Throwable cause) {
            super(
                    "a client failed: " + cause + (cause.getCause() == null ? "" : ", because of " + cause.getCause()),
                    cause);
        }
    }

    private record Answer(String run, double millis) {}

    /** Starts runs, each client waiting for the end of its run. */
    public Started startAndAwait(int clients, int runs) {
        return start(clients, runs, true);
    }

    /** Starts runs and waits for none of them. */
    public Started start(int clients, int runs) {
        return start(clients, runs, false);
    }

    private Started start(int clients, int runs, boolean await) {
        AtomicInteger left = new AtomicInteger(runs);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long begin = System.nanoTime();
        try {
            List<Future<List<Answer>>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                working.add(threads.submit(() -> oneClient(left, await)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> client : working) {
                answers.addAll(client.get());
            }
            return new Started(
                    answers.stream().map(Answer::run).toList(),
                    Duration.ofNanos(System.nanoTime() - begin),
                    await
                            ? Optional.of(Latencies.ofMillis(
                                    answers.stream().map(Answer::millis).toList()))
                            : Optional.empty());
        } catch (ExecutionException e) {
            throw new ClientFailedException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while clients work", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Answer> oneClient(AtomicInteger left, boolean await) {
        String path = "/api/workflows/" + workflow + "/runs" + (await ? "?wait=PT30S" : "");
        List<Answer> answers = new ArrayList<>();
        for (int number = left.decrementAndGet(); number >= 0; number = left.decrementAndGet()) {
            Map<String, String> headers =
                    withKeys ? Map.of("Idempotency-Key", UUID.randomUUID().toString()) : Map.of();
            long begin = System.nanoTime();
            HttpApi.Reply reply = http.post(path, Map.of("input", input.apply(number)), headers);
            double millis = (System.nanoTime() - begin) / 1e6;
            JsonNode run = reply.json();
            if (reply.status() != (await ? 200 : 202)
                    || await && !run.path("status").asText().equals("COMPLETED")) {
                throw new IllegalStateException(path + " answered " + reply.status() + ": " + reply.text());
            }
            answers.add(new Answer(run.path("id").asText(), millis));
        }
        return answers;
    }
}
