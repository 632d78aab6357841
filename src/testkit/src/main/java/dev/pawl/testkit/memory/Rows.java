package dev.pawl.testkit.memory;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunState;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.model.limit.Breaker;
import dev.pawl.engine.model.limit.CacheKey;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.RunLog;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The tables of the in-memory database. */
final class Rows {

    record StoredRun(RunHeader header, RunState state, RunRequest request) {}

    /** @param due absent behind the entry that failed */
    record Late(Optional<Instant> due, int attempts, String reason) {}

    /** Names an entry of a journal. */
    record Place(RunId run, int ordinal) {}

    record WaitKey(RunId run, int ordinal, int place) {}

    /**
     * What is waited for: an event, or the end of a child.
     *
     * @param arrival when something came, in order of coming; 0 while nothing has
     */
    record StoredWait(
            @Nullable OpenWait open,
            @Nullable RunId child,
            boolean cancelWithParent,
            boolean isOrphan,
            long arrival,
            @Nullable Payload data,
            @Nullable Failure failure) {

        static StoredWait forEvent(OpenWait wait) {
            return new StoredWait(wait, null, false, false, 0, null, null);
        }

        static StoredWait forChild(RunId child, boolean cancelWithParent) {
            return new StoredWait(null, child, cancelWithParent, false, 0, null, null);
        }

        StoredWait arrived(long number, @Nullable Payload what, @Nullable Failure why) {
            return new StoredWait(open, child, cancelWithParent, isOrphan, number, what, why);
        }

        StoredWait orphaned() {
            return new StoredWait(open, child, cancelWithParent, true, arrival, data, failure);
        }
    }

    record EventKey(String tenant, String key) {}

    record KeptEvent(PublishedEvent event, Instant received, long arrival, boolean isKept) {
        KeptEvent taken() {
            return new KeptEvent(event, received, arrival, false);
        }
    }

    /** Names what was given up; the listener is empty for an entry of the outbox. */
    record DeadKey(RunId run, long sequence, String listener) {}

    record Buried(long firstSequence, String reason, int attempts, Instant at) {}

    /** @param owner present while somebody holds it, until it is due */
    record Pending(long firstSequence, Instant due, int attempts, Optional<String> owner) {
        Pending due(Instant other) {
            return new Pending(firstSequence, other, attempts, owner);
        }
    }

    record AnnotationKey(RunId run, String stepId, String name, String onceKey) {}

    record LaneKey(String scope, String name) {}

    record StoredBreaker(Breaker breaker, Instant changedAt) {}

    record CachedResult(String json, Instant until) {}

    record ArtifactKey(RunId run, String key) {}

    record StoredBlob(BlobInfo info, byte[] bytes) {}

    record Reservation(String inputHash, @Nullable String outcome, Instant at) {}

    private static final Comparator<EntryKey> BY_RUN_AND_SEQUENCE =
            Comparator.comparing(EntryKey::run).thenComparing(EntryKey::firstSequence);
    private static final Comparator<StepKey> BY_RUN_AND_STEP =
            Comparator.comparing(StepKey::run).thenComparing(StepKey::stepId);
    private static final Comparator<IdempotencyStore.Key> BY_KEY = Comparator.comparing(IdempotencyStore.Key::tenant)
            .thenComparing(IdempotencyStore.Key::commandType)
            .thenComparing(IdempotencyStore.Key::key);

    final Table<RunId, StoredRun> runs;
    final Table<StepKey, StepState> steps;
    final Table<Place, Checkpoint> checkpoints;
    final Table<WaitKey, StoredWait> waits;
    final Table<EventKey, KeptEvent> inbox;
    final Table<EntryKey, List<RunEvent>> history;
    final Table<Long, EntryKey> feed;
    final AtomicLong lastPosition = new AtomicLong();
    private final AtomicLong arrivals = new AtomicLong();
    final Table<Long, List<Long>> slips;
    private final AtomicLong lastSlip = new AtomicLong();
    private final AtomicLong frontSlip = new AtomicLong();
    final Table<EntryKey, Late> late;
    final Table<DeadKey, Buried> deadLetters;
    final Table<DeliveryKey, Pending> deliveries;
    final Table<IdempotencyStore.Key, Reservation> keys;
    final Table<Long, RunLog.Line> log;
    final Table<String, StoredBlob> blobs;
    final Table<ArtifactKey, StoredArtifact> artifacts;
    final Table<AnnotationKey, RunAnnotation> annotations;
    final Table<String, AiCall> aiCalls;
    final Table<String, String> discarded;
    final Table<String, Ticket> tickets;
    final Table<LaneKey, Lane> lanes;
    final Table<String, StoredBreaker> breakers;
    final Table<CacheKey, CachedResult> cached;

    Rows(Transactions transactions) {
        runs = new Table<>(transactions, Comparator.naturalOrder());
        steps = new Table<>(transactions, BY_RUN_AND_STEP);
        checkpoints = new Table<>(transactions, Comparator.comparing(Place::run).thenComparing(Place::ordinal));
        waits = new Table<>(
                transactions,
                Comparator.comparing(WaitKey::run)
                        .thenComparing(WaitKey::ordinal)
                        .thenComparing(WaitKey::place));
        inbox = new Table<>(transactions, Comparator.comparing(EventKey::tenant).thenComparing(EventKey::key));
        history = new Table<>(transactions, BY_RUN_AND_SEQUENCE);
        feed = new Table<>(transactions, Comparator.naturalOrder());
        slips = new Table<>(transactions, Comparator.naturalOrder());
        late = new Table<>(transactions, BY_RUN_AND_SEQUENCE);
        deadLetters = new Table<>(
                transactions,
                Comparator.comparing(DeadKey::run)
                        .thenComparing(DeadKey::sequence)
                        .thenComparing(DeadKey::listener));
        deliveries = new Table<>(
                transactions,
                Comparator.comparing(DeliveryKey::listener)
                        .thenComparing(DeliveryKey::run)
                        .thenComparing(DeliveryKey::sequence));
        keys = new Table<>(transactions, BY_KEY);
        log = new Table<>(transactions, Comparator.naturalOrder());
        blobs = new Table<>(transactions, Comparator.naturalOrder());
        annotations = new Table<>(
                transactions,
                Comparator.comparing(AnnotationKey::run)
                        .thenComparing(AnnotationKey::stepId)
                        .thenComparing(AnnotationKey::name)
                        .thenComparing(AnnotationKey::onceKey));
        artifacts =
                new Table<>(transactions, Comparator.comparing(ArtifactKey::run).thenComparing(ArtifactKey::key));
        aiCalls = new Table<>(transactions, Comparator.naturalOrder());
        discarded = new Table<>(transactions, Comparator.naturalOrder());
        tickets = new Table<>(transactions, Comparator.naturalOrder());
        lanes = new Table<>(transactions, Comparator.comparing(LaneKey::scope).thenComparing(LaneKey::name));
        breakers = new Table<>(transactions, Comparator.naturalOrder());
        cached = new Table<>(
                transactions,
                Comparator.comparing(CacheKey::tenant)
                        .thenComparing(CacheKey::name)
                        .thenComparing(CacheKey::hash));
    }

    long nextArrival() {
        return arrivals.incrementAndGet();
    }

    /** Lists what one transaction recorded. */
    void addSlip(List<Long> positions) {
        slips.put(lastSlip.incrementAndGet(), List.copyOf(positions));
    }

    /** Lists what comes before everything that is listed. */
    void addSlipInFront(Collection<EntryKey> entries) {
        List<Long> positions = feed.rows().entrySet().stream()
                .filter(row -> entries.contains(row.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!positions.isEmpty()) {
            slips.put(frontSlip.decrementAndGet(), positions);
        }
    }

    void takeFromSlip(EntryName.Fresh entry) {
        List<Long> rest = slips.get(entry.slip()).orElseThrow().stream()
                .filter(position -> position != entry.position())
                .toList();
        if (rest.isEmpty()) {
            slips.remove(entry.slip());
        } else {
            slips.put(entry.slip(), rest);
        }
    }

    /** The journals of runs, which go with them. */
    Attached attachedJournals() {
        return (runs, most) -> {
            List<Place> places = checkpoints.rows().keySet().stream()
                    .filter(place -> runs.contains(place.run()))
                    .limit(most)
                    .toList();
            places.forEach(checkpoints::remove);
            return places.size();
        };
    }

    /** The journal of a run, in order. */
    List<Checkpoint> journalOf(RunId run) {
        return List.copyOf(checkpoints
                .rowsBetween(new Place(run, Integer.MIN_VALUE), new Place(run, Integer.MAX_VALUE))
                .values());
    }

    /** All steps of a run, in order of group and place. */
    List<StepState> stepsOf(RunId run) {
        return steps.rowsBetween(new StepKey(run, ""), new StepKey(run, "\uffff")).values().stream()
                .sorted(Comparator.comparingInt(StepState::group).thenComparingInt(StepState::ordinal))
                .toList();
    }
}
