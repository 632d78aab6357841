package dev.pawl.testkit.live;

import static dev.pawl.testkit.live.Listening.all;
import static dev.pawl.testkit.live.Listening.lastId;
import static dev.pawl.testkit.live.Listening.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.live.EventFilter;
import dev.pawl.engine.live.FeedCursor;
import dev.pawl.engine.live.Frame;
import dev.pawl.engine.live.LiveStream;
import dev.pawl.engine.live.OpenStreams;
import dev.pawl.engine.model.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("K-26")
class TenantStreamTest {

    /** So few are kept that streams of the random test overflow now and then. */
    private final Listening server = new Listening(12);

    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    private static List<String> types(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.data() != null)
                .map(frame -> JsonCodec.parse(frame.data()).path("type").asText())
                .toList();
    }

    @Test
    void whoSaysNothingGetsWhatHappensFromNowOn() {
        RunId run = server.run();
        LiveStream stream = server.ofAll(null);
        assertThat(names(all(stream))).isEmpty();

        server.record(run, "stage:started", "stage:progress");
        server.look();
        List<Frame> frames = all(stream);

        assertThat(names(frames)).containsExactly("stage:started", "progress");
        JsonNode event = JsonCodec.parse(frames.get(0).data());
        assertThat(event.path("runId").asText()).isEqualTo(run.value());
        assertThat(event.path("workflowId").asText()).isEqualTo("flow");
        assertThat(event.path("correlationId").asText()).isEqualTo("corr-" + run);
        assertThat(event.path("sequence").asLong()).isEqualTo(2);
        assertThat(event.path("payload").path("of").asText()).isEqualTo("stage:started");
    }

    @Test
    void eventsAreSelectedByTenantWorkflowTypeAndCorrelation() {
        RunId one = server.run();
        RunId other = server.run("other", Listening.TENANT);
        RunId foreign = server.run("flow", "another");
        LiveStream everything = server.ofAll(null);
        LiveStream ofOther = server.ofAll(new EventFilter(Listening.TENANT, "other", Set.of(), null), null);
        LiveStream ofTypes =
                server.ofAll(new EventFilter(Listening.TENANT, null, Set.of("stage:*", "workflow:failed"), null), null);
        LiveStream ofFlow = server.ofAll(new EventFilter(Listening.TENANT, null, Set.of(), "corr-" + one), null);

        server.record(one, "workflow:started", "stage:started");
        server.record(other, "workflow:failed");
        server.record(foreign, "stage:started");
        server.look();

        assertThat(types(all(everything))).containsExactly("workflow:started", "stage:started", "workflow:failed");
        assertThat(types(all(ofOther))).containsExactly("workflow:failed");
        assertThat(types(all(ofTypes))).containsExactly("stage:started", "workflow:failed");
        assertThat(types(all(ofFlow))).containsExactly("workflow:started", "stage:started");
    }

    @Test
    void whoResumesGetsExactlyTheRestAlsoFromTheMiddleOfATransaction() {
        RunId run = server.run();
        LiveStream first = server.ofAll(null);
        List<Frame> begin = all(first);
        server.record(run, "a", "b", "c");
        server.record(run, "d");
        server.look();
        List<Frame> seen = all(first);
        assertThat(types(seen)).containsExactly("a", "b", "c", "d");
        server.streams.close(first);
        server.record(run, "e", "f");

        List<String> whole = List.of("a", "b", "c", "d", "e", "f");
        assertThat(types(all(server.ofAll(lastId(begin))))).isEqualTo(whole);
        for (int i = 0; i < seen.size(); i++) {
            LiveStream resumed = server.ofAll(seen.get(i).id());
            assertThat(types(all(resumed))).as("after " + seen.get(i)).isEqualTo(whole.subList(i + 1, whole.size()));
            server.streams.close(resumed);
        }
    }

    @Test
    void theCursorZeroIsBeforeEverything() {
        RunId run = server.run();
        server.record(run, "a");

        assertThat(types(all(server.ofAll("0")))).containsExactly("workflow:created", "a");
    }

    @Test
    void anEventWhoseTransactionEndsAfterLaterOnesWereShownIsShownThenAndToWhoResumes() throws Exception {
        RunId slow = server.run();
        RunId quick = server.run();
        LiveStream stream = server.ofAll(null);
        all(stream);
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        Future<?> transaction = others.submit(() -> server.committing(() -> {
            server.recordHere(slow, "slow");
            recorded.countDown();
            await(commit);
        }));
        await(recorded);
        server.record(quick, "quick");
        server.look();
        List<Frame> before = all(stream);
        assertThat(types(before)).containsExactly("quick");

        commit.countDown();
        transaction.get();
        LiveStream resumed = server.ofAll(lastId(before));
        assertThat(types(all(resumed))).containsExactly("slow");
        server.look();

        assertThat(types(all(stream))).containsExactly("slow");
        assertThat(types(all(resumed))).isEmpty();
    }

    @Test
    void anEventUnderWayWhenTheFirstListenerCameIsShownToo() throws Exception {
        RunId slow = server.run();
        RunId quick = server.run();
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        Future<?> transaction = others.submit(() -> server.committing(() -> {
            server.recordHere(slow, "slow");
            recorded.countDown();
            await(commit);
        }));
        await(recorded);
        server.record(quick, "quick");
        LiveStream stream = server.ofAll(null);
        all(stream);

        commit.countDown();
        transaction.get();
        server.look();

        assertThat(types(all(stream))).containsExactly("slow");
    }

    @Test
    void nobodyLooksWhileNobodyListensAndOneLooksForAll() {
        assertThat(server.later.waiting()).isZero();
        List<LiveStream> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            streams.add(server.ofAll(null));
        }
        assertThat(server.later.waiting()).isEqualTo(1);
        server.live.ring();
        server.live.ring();
        assertThat(server.later.waiting()).isEqualTo(2);

        streams.forEach(server.streams::close);
        server.later.advance(Duration.ofSeconds(2));

        assertThat(server.later.waiting()).isZero();
        server.live.ring();
        assertThat(server.later.waiting()).isZero();
    }

    @Test
    void aCommitOfThisServerIsShownWithoutWaitingForTheNextRound() {
        RunId run = server.run();
        LiveStream stream = server.ofAll(null);
        all(stream);
        server.record(run, "a");
        server.live.ring();

        server.later.advance(Duration.ofMillis(50));

        assertThat(types(all(stream))).containsExactly("a");
    }

    @Test
    void aServerServesAsManyStreamsAsItMayAndTheRoomOfOneThatEndedIsFree() {
        List<LiveStream> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            streams.add(server.ofAll(null));
        }
        assertThatThrownBy(() -> server.ofAll(null))
                .isInstanceOf(OpenStreams.TooManyException.class)
                .hasMessageContaining("10");

        server.streams.close(streams.get(3));
        server.streams.close(streams.get(3));

        server.ofAll(null);
        assertThat(server.streams.count()).isEqualTo(10);
    }

    @Test
    void whoIsBusyWhileMoreHappensThanIsKeptForHimMissesNothing() {
        Listening small = new Listening(5);
        RunId run = small.run();
        LiveStream stream = small.ofAll(null);
        List<Frame> frames = new ArrayList<>(stream.take());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            small.record(run, "e" + i);
            expected.add("e" + i);
            small.look();
            if (i % 13 == 12) {
                small.clock.advance(Duration.ofSeconds(1));
                frames.addAll(stream.take());
            }
        }
        frames.addAll(all(stream));

        assertThat(names(frames)).isEqualTo(expected);
        assertThat(stream.isOver()).isFalse();
    }

    @Test
    void whoIsTooSlowForWhatHappensIsDroppedAndMayResume() {
        Listening small = new Listening(5);
        RunId run = small.run();
        LiveStream stream = small.ofAll(null);
        all(stream);
        small.record(run, "e0");
        small.look();
        List<Frame> frames = new ArrayList<>(stream.take());
        for (int i = 1; i < 9; i++) {
            small.record(run, "e" + i);
            small.look();
        }
        small.clock.advance(Listening.PATIENCE);
        frames.addAll(all(stream));

        assertThat(names(frames)).containsExactly("e0", "dropped");
        assertThat(stream.isOver()).isTrue();
        assertThat(types(all(small.ofAll(lastId(frames)))))
                .containsExactly("e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8");
    }

    @Test
    void whatOthersWantTakesNoRoom() {
        Listening small = new Listening(5);
        RunId run = small.run();
        RunId other = small.run("other", Listening.TENANT);
        LiveStream stream = small.ofAll(new EventFilter(Listening.TENANT, "flow", Set.of(), null), null);
        stream.take();
        for (int i = 0; i < 20; i++) {
            small.record(other, "o" + i);
        }
        small.record(run, "mine");
        small.look();
        small.clock.advance(Listening.PATIENCE.plusSeconds(1));

        assertThat(types(all(stream))).containsExactly("mine");
    }

    @Test
    void aSilentStreamTellsWhereToResume() {
        RunId run = server.run();
        LiveStream stream = server.ofAll(new EventFilter(Listening.TENANT, "nothing of this", Set.of(), null), null);
        String begin = lastId(all(stream));
        server.record(run, "a");
        server.later.advance(Duration.ofSeconds(16));

        List<Frame> breath = all(stream);

        assertThat(breath).singleElement().satisfies(frame -> assertThat(frame.data())
                .isNull());
        assertThat(lastId(breath)).isNotEqualTo(begin);
        assertThat(types(all(server.ofAll(lastId(breath))))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "12", "r", "r1!", "r1!2,", "R1", "r1~", "r-1", "r1!2+", "r99999999999999999999"})
    void aTextThatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> FeedCursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever way connections break and transactions overlap, every event is shown once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyEventIsShownOnceAcrossBrokenConnectionsAndOverlappingTransactions(long seed) throws Exception {
        Random random = new Random(seed);
        int writers = 4;
        List<Future<List<String>>> writing = new ArrayList<>();
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < writers * 3; i++) {
            runs.add(server.run());
        }
        LiveStream stream = server.ofAll(null);
        String id = lastId(all(stream));
        for (int w = 0; w < writers; w++) {
            List<RunId> own = runs.subList(w * 3, w * 3 + 3);
            Random dice = new Random(seed * 31 + w);
            writing.add(others.submit(() -> write(own, dice)));
        }

        List<String> shown = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = !writing.stream().allMatch(Future::isDone);
            server.look();
            for (Frame frame : random.nextBoolean() ? stream.take() : all(stream)) {
                id = frame.id() == null ? id : frame.id();
                if (frame.data() != null) {
                    shown.add(key(frame));
                }
                if (random.nextInt(15) == 0) {
                    server.streams.close(stream);
                    stream = server.ofAll(id);
                    break;
                }
            }
        }
        server.look();
        all(stream).stream().filter(frame -> frame.data() != null).forEach(frame -> shown.add(key(frame)));

        List<String> written = new ArrayList<>();
        for (Future<List<String>> writer : writing) {
            written.addAll(writer.get());
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(written).doesNotHaveDuplicates();
        for (RunId run : runs) {
            assertThat(shown.stream().filter(key -> key.startsWith(run + " ")).toList())
                    .isEqualTo(written.stream()
                            .filter(key -> key.startsWith(run + " "))
                            .toList());
        }
    }

    private List<String> write(List<RunId> runs, Random dice) {
        List<String> written = new ArrayList<>();
        long[] sequences = new long[runs.size()];
        java.util.Arrays.fill(sequences, 1);
        for (int i = 0; i < 60; i++) {
            int one = dice.nextInt(runs.size());
            String[] types =
                    dice.ints(1 + dice.nextInt(3)).mapToObj(n -> "t" + n).toArray(String[]::new);
            boolean rollback = dice.nextInt(6) == 0;
            int pause = dice.nextInt(400_000);
            try {
                server.committing(() -> {
                    server.recordHere(runs.get(one), types);
                    java.util.concurrent.locks.LockSupport.parkNanos(pause);
                    if (rollback) {
                        throw new IllegalStateException("rolled back");
                    }
                });
                for (int t = 0; t < types.length; t++) {
                    written.add(runs.get(one) + " " + ++sequences[one]);
                }
            } catch (IllegalStateException e) {
                assertThat(rollback).isTrue();
            }
        }
        return written;
    }

    private static String key(Frame frame) {
        JsonNode event = JsonCodec.parse(frame.data());
        return event.path("runId").asText() + " " + event.path("sequence").asLong();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
