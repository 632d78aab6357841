package dev.pawl.acceptance.feature.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllEventsStreamIT {

    private static final String NOTES = """
            entity LiveNote {
              property required id: string
              property text: string = ""
              command write(words: string) {
                mutate text = words
                emit LiveNoteWritten { text: words }
              }
            }
            store LiveNote in postgres
            event LiveNoteWritten: "live.note.written" { text: string }
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String flow = "flow-" + UUID.randomUUID();

    private static Listening open(FeatureServer on, String query, String from) {
        return Listening.to(on.server().httpPort(), "/api/stream" + query, from);
    }

    private static Listening listen(FeatureServer on, String query, String from) {
        Listening[] stream = new Listening[1];
        Await.until("a place for a stream, which others may have just left", Duration.ofSeconds(60), () -> {
            stream[0] = open(on, query, from);
            return stream[0].status() == 200;
        });
        return stream[0];
    }

    private String start(FeatureServer on) {
        on.open(flow);
        return on.startRun("talkative", Map.of("input", Map.of("gate", flow), "correlationId", flow));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-26")
    void everythingThatHappensIsToldFromNowOnToWhoAsksForIt(FeatureServer on) {
        try (Listening all = listen(on, "?correlationId=" + flow, null);
                Listening ends = listen(on, "?workflow=talkative&types=workflow:comp*,stage:failed", null);
                Listening others = listen(on, "?workflow=held&correlationId=" + flow, null)) {
            String run = start(on);
            all.awaitEvent("workflow:completed");
            ends.await("the end of this run", so -> so.told().stream()
                    .anyMatch(one -> one.data().path("runId").asText().equals(run)));

            assertThat(all.types()).isEqualTo(on.history(run));
            assertThat(all.told()).allSatisfy(one -> {
                assertThat(one.data().path("runId").asText()).isEqualTo(run);
                assertThat(one.data().path("workflowId").asText()).isEqualTo("talkative");
                assertThat(one.data().path("correlationId").asText()).isEqualTo(flow);
            });
            assertThat(ends.types()).containsOnly("workflow:completed");
            assertThat(others.told()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-26")
    void aBrokenStreamIsResumedWithoutGapOrDouble(FeatureServer on) {
        Listening first = listen(on, "?correlationId=" + flow, null);
        String one = start(on);
        first.awaitEvent("stage:completed");
        first.close();
        int seen = first.told().size();
        String lastId = first.told().get(seen - 1).id();
        on.awaitStatus(one, "COMPLETED");
        String two = start(on);
        on.awaitStatus(two, "COMPLETED");

        try (Listening second = listen(on, "?correlationId=" + flow, lastId)) {
            second.await(
                    "the end of both",
                    so -> Stream.concat(first.types().stream(), so.types().stream())
                                    .filter("workflow:completed"::equals)
                                    .count()
                            == 2);
            List<String> both = new ArrayList<>(keys(first.told().subList(0, seen)));
            both.addAll(keys(second.told()));
            List<String> expected = new ArrayList<>();
            for (String run : List.of(one, two)) {
                for (int i = 1; i <= on.history(run).size(); i++) {
                    expected.add(run + " " + i);
                }
            }
            assertThat(both).isEqualTo(expected);
        }
    }

    /** Of events; whoever listened may have noted that it was closed. */
    private static List<String> keys(List<Listening.Told> all) {
        return all.stream()
                .filter(told -> told.data().has("runId"))
                .map(AllEventsStreamIT::key)
                .toList();
    }

    private static String key(Listening.Told told) {
        return told.data().path("runId").asText() + " "
                + told.data().path("sequence").asText();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-26")
    @Tag("M-10")
    void whatEntityCommandsEmitIsToldOnTheSameStream(FeatureServer on) {
        deployNotes(on);
        try (Listening stream = listen(on, "?workflow=LiveNote", null)) {
            write(on, flow, "hello");
            stream.awaitEvent("LiveNoteWritten");

            Listening.Told told = stream.told().stream()
                    .filter(one -> one.data().path("instanceId").asText().equals(flow))
                    .findFirst()
                    .orElseThrow();
            assertThat(told.data().at("/payload/text").asText()).isEqualTo("hello");
            assertThat(told.data().path("entity").asText()).isEqualTo("LiveNote");
            assertThat(told.data().path("command").asText()).isEqualTo("write");
        }
    }

    @Test
    @Tag("K-26")
    void streamsHoldNoThreadsAndOneTooManyIsRefused() {
        FeatureServer on = FeatureServer.EMBEDDED;
        deployNotes(on);
        List<Listening> streams = new ArrayList<>();
        streams.add(listen(on, "", null));
        long before = Threads.of(on.server().pid());
        Listening last = open(on, "", null);
        while (last.status() == 200 && streams.size() <= FeatureServer.STREAMS) {
            streams.add(last);
            last = open(on, "", null);
        }
        long after = Threads.of(on.server().pid());
        streams.forEach(Listening::close);

        assertThat(last.status()).isEqualTo(503);
        assertThat(last.mediaType()).startsWith("application/problem+json");
        assertThat(streams).hasSizeGreaterThan(FeatureServer.STREAMS / 2);
        assertThat(after - before)
                .as("threads for " + streams.size() + " streams")
                .isLessThan(streams.size() / 2);
        // the server sees that nobody listens any more when it writes
        Await.until("a place to be free", PATIENCE, () -> {
            write(on, flow, "is anybody there");
            try (Listening again = open(on, "?types=nothing", null)) {
                return again.status() == 200;
            }
        });
    }

    @Test
    @Tag("K-26")
    void whoDoesNotReadIsDroppedWithALastWordAndHoldsUpNobody() throws IOException {
        FeatureServer on = FeatureServer.EMBEDDED;
        deployNotes(on);
        String large = "x".repeat(100_000);
        try (Socket deaf = new Socket();
                Listening other = listen(on, "?workflow=LiveNote&types=LiveNoteWritten", null)) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress("127.0.0.1", on.server().httpPort()));
            deaf.getOutputStream()
                    .write(("GET /api/stream?workflow=LiveNote HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Accept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            // more than the connection holds, then more than the server keeps, for longer than it is patient
            for (int i = 0; i < 80; i++) {
                write(on, flow, large + i);
            }
            for (int i = 0; i < 150; i++) {
                write(on, flow, "small " + i);
            }
            other.await("the last note", so -> so.told().stream()
                    .anyMatch(one -> one.data().at("/payload/text").asText().equals("small 149")));

            deaf.setSoTimeout((int) PATIENCE.toMillis());
            String all = new String(deaf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all.substring(Math.max(0, all.length() - 600))).contains("event: dropped", "TOO_SLOW");
            assertThat(all).doesNotContain("small 149");
        }
    }

    private static void deployNotes(FeatureServer on) {
        HttpApi.Reply deployed =
                on.http().send("POST", "/api/manifests?name=live-notes", NOTES, Map.of("Content-Type", "text/plain"));
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
    }

    private static void write(FeatureServer on, String id, String words) {
        HttpApi.Reply written =
                on.http().post("/api/entities/LiveNote/" + id + "/commands/write", Map.of("words", words));
        if (written.status() == 404) {
            on.http().post("/api/entities/LiveNote", Map.of("id", id));
            written = on.http().post("/api/entities/LiveNote/" + id + "/commands/write", Map.of("words", words));
        }
        assertThat(written.status()).as(written.text()).isEqualTo(200);
    }
}
