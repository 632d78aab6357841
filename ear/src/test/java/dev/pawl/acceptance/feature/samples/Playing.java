package dev.pawl.acceptance.feature.samples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.samples.SamplePage.Event;
import dev.pawl.acceptance.feature.samples.SamplePage.Script;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Plays several scripts side by side, so that the clock is moved once for all of them. */
final class Playing {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FeatureServer server;
    private final List<Script> scripts;
    private final String session = UUID.randomUUID().toString();
    private final Map<String, String> runs = new LinkedHashMap<>();
    private Instant now = Instant.EPOCH;

    private Playing(FeatureServer server, List<Script> scripts) {
        this.server = server;
        this.scripts = scripts;
    }

    /** The ids of the runs, by workflow. */
    static Map<String, String> on(FeatureServer server, List<Script> scripts) {
        Playing playing = new Playing(server, scripts);
        playing.play();
        return playing.runs;
    }

    private void play() {
        for (Script script : scripts) {
            runs.put(
                    script.workflow(),
                    server.startRun(
                            script.workflow(),
                            Map.of("input", script.input(), "correlationId", flow(script.workflow()))));
        }
        Duration moved = Duration.ZERO;
        for (Duration time : times()) {
            if (time.compareTo(moved) > 0) {
                awaitNothingDue();
                advance(time.minus(moved));
                moved = time;
            }
            publish(time);
        }
    }

    private TreeSet<Duration> times() {
        TreeSet<Duration> times = new TreeSet<>();
        for (Script script : scripts) {
            times.add(script.lasts());
            script.events().forEach(event -> times.add(event.after()));
        }
        return times;
    }

    private void publish(Duration time) {
        for (Script script : scripts) {
            for (Event event : script.events()) {
                if (event.after().equals(time)) {
                    SamplesIT.publish(server, event.type(), event.correlation(), event.data());
                }
            }
        }
    }

    private void advance(Duration by) {
        HttpApi.Reply reply = server.http().post("/api/test/clock", Map.of("advance", by.toString()));
        now = Instant.parse(reply.json().path("now").asText());
    }

    private void awaitNothingDue() {
        for (String workflow : runs.keySet()) {
            Await.until("nothing to be due for " + workflow + " at " + now, PATIENCE, () -> isNothingDue(workflow));
        }
    }

    /** Of the run and its children. */
    private boolean isNothingDue(String workflow) {
        for (JsonNode run : server.http()
                .get("/api/runs?limit=200&correlationId=" + flow(workflow))
                .json()
                .path("items")) {
            JsonNode view = server.run(run.path("id").asText());
            boolean waits = view.path("status").asText().equals("SUSPENDED")
                    && !view.path("waiting").isEmpty();
            if (!isFinished(view) && !waits) {
                return false;
            }
            for (JsonNode waiting : view.path("waiting")) {
                if (waiting.path("reason").asText().equals("WORKER")
                        || waiting.hasNonNull("until")
                                && !Instant.parse(waiting.path("until").asText())
                                        .isAfter(now)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isFinished(JsonNode view) {
        return List.of("COMPLETED", "FAILED", "CANCELLED")
                .contains(view.path("status").asText());
    }

    private String flow(String workflow) {
        return workflow + "-" + session;
    }
}
