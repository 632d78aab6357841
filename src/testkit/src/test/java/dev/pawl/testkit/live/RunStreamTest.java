package dev.pawl.testkit.live;

import static dev.pawl.testkit.live.Listening.all;
import static dev.pawl.testkit.live.Listening.lastId;
import static dev.pawl.testkit.live.Listening.names;
import static dev.pawl.testkit.live.Listening.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.live.Frame;
import dev.pawl.engine.live.LiveStream;
import dev.pawl.engine.live.RunPlace;
import dev.pawl.engine.model.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-26")
class RunStreamTest {

    private final Listening server = new Listening();

    @Test
    void whoListensGetsTheHistoryThenWhatFollowsAndTheStreamEndsWithTheRun() {
        RunId run = server.run();
        server.record(run, "workflow:started", "stage:started");
        LiveStream stream = server.ofRun(run, null, true);

        assertThat(told(all(stream))).containsExactly("workflow:created 1", "workflow:started 2", "stage:started 3");
        assertThat(stream.isOver()).isFalse();

        server.record(run, "stage:progress");
        server.look();
        assertThat(told(all(stream))).containsExactly("progress 4");

        server.record(run, "stage:completed", "workflow:completed");
        server.look();
        List<Frame> last = all(stream);
        assertThat(told(last)).containsExactly("stage:completed 5", "workflow:completed 6");
        assertThat(JsonCodec.parse(last.get(0).data()).path("type").asText()).isEqualTo("stage:completed");
        assertThat(JsonCodec.parse(last.get(0).data()).path("sequence").asLong())
                .isEqualTo(5);
        assertThat(stream.isOver()).isTrue();
    }

    @Test
    void whoResumesGetsExactlyTheRest() {
        RunId run = server.run();
        for (int i = 0; i < 500; i++) {
            server.record(run, "e" + i);
        }
        for (long from : new long[] {0, 1, 199, 200, 201, 500}) {
            LiveStream stream = server.ofRun(run, Long.toString(from), true);
            List<String> ids = all(stream).stream().map(Frame::id).toList();
            assertThat(ids)
                    .as("after " + from)
                    .containsExactlyElementsOf(LongStream.rangeClosed(from + 1, 501)
                            .mapToObj(Long::toString)
                            .toList());
            server.streams.close(stream);
        }
    }

    @Test
    void whatHappensWhileALongHistoryIsTakenComesOnceAndInOrder() {
        Listening small = new Listening(5);
        RunId run = small.run();
        for (int i = 0; i < 450; i++) {
            small.record(run, "e" + i);
        }
        LiveStream stream = small.ofRun(run, null, false);
        List<Frame> frames = new ArrayList<>(stream.take());
        for (int i = 0; i < 20; i++) {
            small.record(run, "while" + i);
        }
        small.look();
        frames.addAll(all(stream));
        small.record(run, "after");
        small.look();
        frames.addAll(all(stream));

        assertThat(frames)
                .extracting(Frame::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 472).mapToObj(Long::toString).toList());
    }

    @Test
    void aFinishedRunIsShownToItsEndAndThereIsNothingForWhoHasSeenItAll() {
        RunId run = server.run();
        server.cancel(run);

        LiveStream stream = server.ofRun(run, "1", true);

        assertThat(told(all(stream))).containsExactly("workflow:cancelled 2");
        assertThat(stream.isOver()).isTrue();
        assertThat(server.streams.ofRun(Listening.TENANT, run, RunPlace.parse("2"), true, () -> {}))
                .isEmpty();
    }

    @Test
    @Tag("K-11")
    void theEndBeforeARerunIsNotTheEndOfTheStream() {
        RunId run = server.run();
        server.record(run, "workflow:failed", "workflow:rerun", "stage:started");
        LiveStream stream = server.ofRun(run, null, true);

        assertThat(names(all(stream)))
                .containsExactly("workflow:created", "workflow:failed", "workflow:rerun", "stage:started");
        assertThat(stream.isOver()).isFalse();
    }

    @Test
    void aRunOfAnotherTenantIsNotThere() {
        RunId run = server.run("flow", "another");

        assertThatThrownBy(() -> server.ofRun(run, null, true)).isInstanceOf(RefusedException.class);
        assertThat(server.streams.count()).isZero();
    }

    @Test
    @Tag("D-06")
    void logLinesComeBetweenTheEventsInOrderOfTimeAndAsTheyBecomeVisible() {
        RunId run = server.run();
        server.clock.advance(Duration.ofSeconds(1));
        server.log(run, server.clock.now(), "first");
        server.clock.advance(Duration.ofSeconds(1));
        server.record(run, "stage:started");
        LiveStream stream = server.ofRun(run, null, true);
        assertThat(told(all(stream))).containsExactly("workflow:created 1", "log first", "stage:started 2");

        server.log(run, server.clock.now(), "second");
        server.look();
        List<Frame> line = all(stream);
        assertThat(told(line)).containsExactly("log second");
        assertThat(JsonCodec.parse(line.get(0).data()).path("level").asText()).isEqualTo("INFO");

        server.log(run, server.clock.now().minusSeconds(3), "third, stored late");
        server.look();
        assertThat(told(all(stream))).containsExactly("log third, stored late");

        server.log(run, server.clock.now(), "fourth");
        server.record(run, "stage:completed");
        server.look();
        assertThat(told(all(stream))).containsExactly("log fourth", "stage:completed 3");
    }

    @Test
    @Tag("D-06")
    void whoResumesFromTheLastIdGetsTheLinesThatFollowed() {
        RunId run = server.run();
        server.log(run, server.clock.now(), "one");
        LiveStream stream = server.ofRun(run, null, true);
        List<Frame> before = all(stream);
        assertThat(told(before)).containsExactly("log one", "workflow:created 1");
        assertThat(lastId(before)).startsWith("1~");
        server.streams.close(stream);
        server.clock.advance(Duration.ofMinutes(1));
        server.log(run, server.clock.now(), "two");
        server.record(run, "stage:started");

        LiveStream resumed = server.ofRun(run, lastId(before), true);

        assertThat(told(all(resumed))).contains("log two", "stage:started 2").doesNotContain("workflow:created 1");
        List<Frame> withoutLines = all(server.ofRun(run, "1", false));
        assertThat(told(withoutLines)).containsExactly("stage:started 2");
        assertThat(lastId(withoutLines)).isEqualTo("2");
    }

    @Test
    @Tag("D-06")
    void linesOfALongTransactionComeBeforeTheEndOfTheRun() {
        RunId run = server.run();
        LiveStream stream = server.ofRun(run, null, true);
        server.log(run, server.clock.now(), "seen at once");
        server.look();
        all(stream);
        server.clock.advance(Duration.ofSeconds(100));
        server.log(run, server.clock.now(), "newer");
        server.look();
        assertThat(told(all(stream))).containsExactly("log newer");

        server.log(run, server.clock.now().minusSeconds(90), "seen when its transaction ended");
        server.cancel(run);
        server.look();

        assertThat(told(all(stream))).containsExactly("log seen when its transaction ended", "workflow:cancelled 2");
    }

    @Test
    void aSilentStreamShowsThatItIsStillThere() {
        LiveStream stream = server.ofRun(server.run(), null, false);
        all(stream);
        server.later.advance(Duration.ofSeconds(14));
        assertThat(all(stream)).isEmpty();

        server.later.advance(Duration.ofSeconds(2));

        assertThat(all(stream)).containsExactly(new Frame(null, null, null));
        server.later.advance(Duration.ofSeconds(14));
        assertThat(all(stream)).isEmpty();
    }

    @Test
    void whoIsBusyWhileMoreHappensThanIsKeptForHimMissesNothing() {
        Listening small = new Listening(5);
        RunId run = small.run();
        LiveStream stream = small.ofRun(run, null, false);
        List<Frame> frames = new ArrayList<>(stream.take());
        for (int i = 0; i < 30; i++) {
            small.record(run, "e" + i);
            small.look();
            if (i % 13 == 12) {
                small.clock.advance(Duration.ofSeconds(1));
                frames.addAll(stream.take());
            }
        }
        frames.addAll(all(stream));

        assertThat(frames)
                .extracting(Frame::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 31).mapToObj(Long::toString).toList());
        assertThat(stream.isOver()).isFalse();
    }

    @Test
    void whoIsTooSlowForWhatHappensIsDroppedAndToldHowToResume() {
        Listening small = new Listening(5);
        RunId run = small.run();
        LiveStream stream = small.ofRun(run, null, false);
        List<Frame> first = stream.take();
        assertThat(told(first)).containsExactly("workflow:created 1");
        for (int i = 0; i < 8; i++) {
            small.record(run, "e" + i);
            small.look();
        }
        small.clock.advance(Listening.PATIENCE);

        List<Frame> last = all(stream);

        assertThat(names(last)).containsExactly("dropped");
        assertThat(last.get(0).data()).contains("TOO_SLOW");
        assertThat(stream.isOver()).isTrue();
        assertThat(all(small.ofRun(run, lastId(last), false))).hasSize(8);
    }

    @Test
    void whoIsSlowWhileLittleHappensIsServed() {
        RunId run = server.run();
        LiveStream stream = server.ofRun(run, null, false);
        stream.take();
        server.record(run, "e");
        server.clock.advance(Duration.ofMinutes(5));
        server.look();

        assertThat(told(all(stream))).containsExactly("e 2");
    }

    @Test
    void aServerThatGoesDownSaysSoAndOpensNoMoreStreams() {
        RunId run = server.run();
        LiveStream stream = server.ofRun(run, null, true);
        all(stream);

        server.streams.goDown();

        List<Frame> last = all(stream);
        assertThat(names(last)).containsExactly("dropped");
        assertThat(last.get(0).data()).contains("GOING_DOWN");
        assertThat(stream.isOver()).isTrue();
        assertThatThrownBy(() -> server.ofRun(run, null, true))
                .isInstanceOf(dev.pawl.engine.live.OpenStreams.TooManyException.class);
    }
}
