package dev.pawl.testkit.live;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.live.EventFilter;
import dev.pawl.engine.live.FeedCursor;
import dev.pawl.engine.live.Frame;
import dev.pawl.engine.live.LiveEvents;
import dev.pawl.engine.live.LiveSettings;
import dev.pawl.engine.live.LiveStream;
import dev.pawl.engine.live.OpenStreams;
import dev.pawl.engine.live.RunPlace;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.port.RunLog;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.ManualLater;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server's streams over a database in memory, on a clock that tests move, and runs whose history tests write. */
final class Listening {

    static final String TENANT = "acme";
    static final Duration LOOK = Duration.ofMillis(500);
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final ManualClock clock = new ManualClock();
    final ManualLater later = new ManualLater(clock);
    final InMemoryDatabase database = new InMemoryDatabase(clock);
    final LiveEvents live;
    final OpenStreams streams;
    private final AtomicInteger lastRun = new AtomicInteger();

    Listening() {
        this(100);
    }

    Listening(int buffer) {
        this(new LiveSettings(10, buffer, PATIENCE, LOOK, Duration.ofSeconds(15)));
    }

    private Listening(LiveSettings settings) {
        live = new LiveEvents(List.of(database.feed()), database.queries(), later, clock, settings.lookEvery());
        streams = new OpenStreams(live, database.queries(), settings);
    }

    // what happens

    RunId run() {
        return run("flow", TENANT);
    }

    RunId run(String workflow, String tenant) {
        RunId id = new RunId("run-%04d".formatted(lastRun.incrementAndGet()));
        RunHeader header = new RunHeader(id, tenant, workflow, 1, 5, "corr-" + id, "ann", null, clock.now());
        committing(() -> {
            Run run = Run.create(header, new RunRequest(Payload.of("null"), "{}", "{}"));
            run.record("workflow:created", clock.now(), "cause", "{}");
            database.runs().save(List.of(run));
        });
        return id;
    }

    void record(RunId run, String... types) {
        committing(() -> recordHere(run, types));
    }

    /** Inside the transaction of the caller. */
    void recordHere(RunId run, String... types) {
        change(run, changed -> {
            for (String type : types) {
                changed.record(type, clock.now(), "cause", "{\"of\":\"" + type + "\"}");
            }
        });
    }

    void cancel(RunId run) {
        committing(() -> change(run, changed -> {
            changed.cancel(Failure.of("CANCELLED", "enough"), clock.now());
            changed.record("workflow:cancelled", clock.now(), "cause", "{}");
        }));
    }

    private void change(RunId run, Consumer<Run> change) {
        Run locked = database.runs().lock(List.of(run)).get(run);
        change.accept(locked);
        database.runs().save(List.of(locked));
    }

    void log(RunId run, Instant at, String message) {
        committing(() -> database.log().append(List.of(new RunLog.Line(run, at, "INFO", "a", 1, message, "{}"))));
    }

    void committing(Runnable work) {
        commit(() -> {
            work.run();
            return true;
        });
    }

    <T> T commit(Callable<T> work) {
        try {
            return database.inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // who listens

    LiveStream ofRun(RunId run, @Nullable String from, boolean lines) {
        RunPlace place = from == null ? RunPlace.BEGINNING : RunPlace.parse(from);
        return streams.ofRun(TENANT, run, place, lines, () -> {}).orElseThrow();
    }

    LiveStream ofAll(@Nullable String from) {
        return ofAll(new EventFilter(TENANT, null, Set.of(), null), from);
    }

    LiveStream ofAll(EventFilter filter, @Nullable String from) {
        return streams.ofTenant(filter, from == null ? FeedCursor.ofEnd() : FeedCursor.parse(from), () -> {});
    }

    /** Lets the server look for what happened. */
    void look() {
        later.advance(LOOK);
    }

    static List<Frame> all(LiveStream stream) {
        List<Frame> frames = new ArrayList<>();
        List<Frame> part = stream.take();
        while (!part.isEmpty()) {
            frames.addAll(part);
            part = stream.take();
        }
        return frames;
    }

    /** Those that are events for whoever listens, as {@code name id}, lines with their text in place of the id. */
    static List<String> told(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.data() != null)
                .map(frame -> frame.event() + " "
                        + ("log".equals(frame.event())
                                ? JsonCodec.parse(frame.data()).path("message").asText()
                                : frame.id()))
                .toList();
    }

    static List<String> names(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.data() != null)
                .map(frame -> String.valueOf(frame.event()))
                .toList();
    }

    static String lastId(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.id() != null)
                .reduce((first, second) -> second)
                .orElseThrow()
                .id();
    }
}
